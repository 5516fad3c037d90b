/**
 * Checks what came out of the samples' own builds, which ran before these tests; and in a browser,
 * which this build sees to, the pages and drawings that the compiler makes.
 */
package org.cnnc.samples;
