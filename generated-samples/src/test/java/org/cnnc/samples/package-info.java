/** Checks what came out of the samples' own builds, which ran before these tests. */
package org.cnnc.samples;
