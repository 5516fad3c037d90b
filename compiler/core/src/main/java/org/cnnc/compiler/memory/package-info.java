/**
 * Where every tensor of a step lives: which buffer, which rows, for how long.
 *
 * <p>In: a {@link org.cnnc.compiler.schedule.ScheduledStep}. Out: {@link
 * org.cnnc.compiler.memory.MemoryPlan}, with all buffers of the program. May depend on {@code
 * schedule}, {@code train}, {@code graph}, and the {@code Buffer} of {@code loop}.
 */
package org.cnnc.compiler.memory;
