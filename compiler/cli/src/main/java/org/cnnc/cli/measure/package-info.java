/** Measures generated code on this machine, operation by operation. */
package org.cnnc.cli.measure;
