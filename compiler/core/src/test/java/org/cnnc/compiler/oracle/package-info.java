/**
 * Tests against what PyTorch recorded: operators, gradients, training runs. The fixtures, and the
 * script that made them, are in the resources under {@code oracle}.
 */
package org.cnnc.compiler.oracle;
