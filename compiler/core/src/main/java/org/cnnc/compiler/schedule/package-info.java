/**
 * How each operation of a step is computed: by which algorithm and in which order of sums (the
 * numeric half, part of the model's hash), with which tiles and layouts (the mechanical half, which
 * changes no bit), and between which barriers.
 *
 * <p>In: a {@link org.cnnc.compiler.train.StepGraph}. Out: {@link
 * org.cnnc.compiler.schedule.ScheduledStep}. May depend on {@code train}, {@code graph} and, for
 * the number of lanes, {@code loop}.
 */
package org.cnnc.compiler.schedule;
