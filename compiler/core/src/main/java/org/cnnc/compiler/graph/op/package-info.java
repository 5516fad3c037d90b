/**
 * The operators of a network, one record a kind, attributes resolved.
 *
 * <p>An operator knows the shapes of its input, its result and its parameters, and how to write
 * itself; how it is computed and differentiated is known to later packages. Depends on the shapes
 * of {@code graph} only.
 */
package org.cnnc.compiler.graph.op;
