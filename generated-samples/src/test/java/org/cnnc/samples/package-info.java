/** Builds the stand-alone sample projects and checks what comes out. */
package org.cnnc.samples;
