/**
 * The operators of a network, one record a kind, attributes resolved.
 *
 * <p>An operator knows the shapes of its input, its result and its parameters, how to write itself,
 * and which tensors its gradient is computed from; the formulas are known to later packages.
 * Depends on the shapes of {@code graph} only.
 */
package org.cnnc.compiler.graph.op;
