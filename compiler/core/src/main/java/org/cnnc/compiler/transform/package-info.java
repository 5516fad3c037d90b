/**
 * Passes over the loop IR.
 *
 * <p>In: the {@link org.cnnc.compiler.loop.LoopProgram} that lowering made. Out: one that computes
 * the same bits, in the form that the emitters want: no unrolled loops, small functions, plain
 * indices. {@link org.cnnc.compiler.transform.PassRunner} runs passes in order and can verify after
 * each. Depends on the loop IR only.
 */
package org.cnnc.compiler.transform;
