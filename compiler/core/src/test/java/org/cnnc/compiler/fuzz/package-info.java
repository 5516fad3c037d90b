/** Hostile texts: whatever a file holds, the answer is diagnostics, soon and with little memory. */
package org.cnnc.compiler.fuzz;
