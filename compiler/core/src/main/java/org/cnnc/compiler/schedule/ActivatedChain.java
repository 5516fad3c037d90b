package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.train.Computation.Forward;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;

/** A convolution and the activation that takes its value. */
record ActivatedChain(Operation convolution, Operation activation) implements FusedChain {
  /** All of a step, in order. */
  static List<ActivatedChain> find(StepGraph graph) {
    Map<Integer, Operation> onlyReaders = FusedChain.onlyReaders(graph);
    List<ActivatedChain> chains = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (operation.computation() instanceof Forward forward
          && forward.operator() instanceof Conv2d) {
        Operation next = onlyReaders.get(operation.output().id());
        if (next != null
            && next.computation() instanceof Forward after
            && after.operator() instanceof Activation) {
          chains.add(new ActivatedChain(operation, next));
        }
      }
    }
    return chains;
  }

  /** What is done to the value. */
  Activation function() {
    return (Activation) ((Forward) activation.computation()).operator();
  }

  @Override
  public List<Operation> operations() {
    return List.of(convolution, activation);
  }

  @Override
  public Operation fused() {
    Forward first = (Forward) convolution.computation();
    return new Operation(
        convolution.name(),
        convolution.layer(),
        new Forward(first.operator(), first.places(), Optional.of(function())),
        convolution.inputs(),
        activation.outputs(),
        convolution.line(),
        text());
  }
}
