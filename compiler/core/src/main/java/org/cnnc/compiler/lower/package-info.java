/**
 * Operators to loops: one file a kind of operator holds its forward and backward pass side by side.
 *
 * <p>In: a {@link org.cnnc.compiler.schedule.ScheduledStep} and its {@link
 * org.cnnc.compiler.memory.MemoryPlan}. Out: a {@link org.cnnc.compiler.loop.LoopProgram}. Knows
 * nothing of text, Java or bytecode; decides no schedule and no memory, but says, when asked
 * before, what memory its loops need beside the tensors.
 */
package org.cnnc.compiler.lower;
