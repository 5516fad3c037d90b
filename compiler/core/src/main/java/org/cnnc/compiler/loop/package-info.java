/**
 * The loop IR: what the machine does, in loops, loads, stores and arithmetic; no layer is left.
 *
 * <p>In: nothing but plain numbers and names. Out: {@link org.cnnc.compiler.loop.LoopProgram},
 * which the interpreter runs and both emitters print. Every loop bound is constant but for the
 * number of images {@code n}; every access is proved in bounds by {@code LoopVerifier}. Scalar or
 * vector is the type of a node, not another node. May depend on nothing else of the compiler.
 */
package org.cnnc.compiler.loop;
