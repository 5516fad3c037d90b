package org.cnnc.compiler.train;

import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.AveragePool;
import org.cnnc.compiler.graph.op.Conv2d;
import org.cnnc.compiler.graph.op.Flatten;
import org.cnnc.compiler.graph.op.FullyConnected;
import org.cnnc.compiler.graph.op.MaxPool;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Softmax;
import org.cnnc.compiler.train.Computation.Granularity;

/**
 * The rule of each operator. The formulas themselves stand beside the forward pass, in {@code
 * lower}.
 */
final class GradientRules implements Operator.Visitor<GradientRule> {

  static GradientRule of(Operator operator) {
    return operator.accept(new GradientRules());
  }

  @Override
  public GradientRule visitActivation(Activation operator) {
    return operator.derivativeFromOutput() ? GradientRule.FROM_OUTPUT : GradientRule.FROM_INPUT;
  }

  @Override
  public GradientRule visitConv2d(Conv2d operator) {
    return new GradientRule(false, false, true, Granularity.IMAGE);
  }

  @Override
  public GradientRule visitMaxPool(MaxPool operator) {
    // Where the maximum was is found again by comparing: no positions are stored.
    return new GradientRule(true, true, false, Granularity.IMAGE);
  }

  @Override
  public GradientRule visitAveragePool(AveragePool operator) {
    return GradientRule.LINEAR;
  }

  @Override
  public GradientRule visitFlatten(Flatten operator) {
    return GradientRule.LINEAR;
  }

  @Override
  public GradientRule visitFullyConnected(FullyConnected operator) {
    // One row of the weight's gradient needs every image, but only a vector of each: no partial
    // sums.
    return new GradientRule(false, false, true, Granularity.PARAMETER_ROW);
  }

  @Override
  public GradientRule visitSoftmax(Softmax operator) {
    return GradientRule.FROM_OUTPUT;
  }
}
