/**
 * The step: what is computed for a batch, as operations over tensors that each have one producer;
 * no loops yet.
 *
 * <p>In: a checked {@link org.cnnc.compiler.graph.NetworkGraph}. Out: {@link
 * org.cnnc.compiler.train.StepGraph}, forward only for prediction; forward, loss, backward and
 * update for training. Differentiation is a rule per operator, in {@link
 * org.cnnc.compiler.graph.op.GradientRule}. May depend on {@code graph}.
 */
package org.cnnc.compiler.train;
