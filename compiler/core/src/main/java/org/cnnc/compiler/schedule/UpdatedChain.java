package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.train.Computation.GradientUpdate;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Computation.ParameterGradient;
import org.cnnc.compiler.train.Computation.Update;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradients of a layer's parameters, summed row by row, and the updates that take them: a row
 * is whole once it is summed, so the update need not wait for the others.
 */
record UpdatedChain(Operation gradient, List<Operation> updates) implements FusedChain {
  UpdatedChain {
    updates = List.copyOf(updates);
  }

  /** All of a step, in order. */
  static List<UpdatedChain> find(StepGraph graph) {
    Map<Integer, Operation> onlyReaders = FusedChain.onlyReaders(graph);
    List<UpdatedChain> chains = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (operation.computation() instanceof ParameterGradient
          && operation.computation().granularity() == Granularity.PARAMETER_ROW) {
        List<Operation> updates =
            operation.outputs().stream()
                .map(output -> onlyReaders.get(output.id()))
                .filter(reader -> reader != null && reader.computation() instanceof Update)
                .toList();
        if (updates.size() == operation.outputs().size()) {
          chains.add(new UpdatedChain(operation, updates));
        }
      }
    }
    return chains;
  }

  @Override
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>(List.of(gradient));
    all.addAll(updates);
    return all;
  }

  @Override
  public List<Tensor> between() {
    return gradient.outputs();
  }

  /** Where the last update was: behind whoever reads the parameters before they change. */
  @Override
  public Operation place() {
    return updates.get(updates.size() - 1);
  }

  @Override
  public Operation fused() {
    ParameterGradient computed = (ParameterGradient) gradient.computation();
    Update update = (Update) updates.get(0).computation();
    List<Tensor> inputs = new ArrayList<>(gradient.inputs());
    for (Operation operation : updates) {
      inputs.addAll(operation.inputs().subList(1, operation.inputs().size()));
    }
    return new Operation(
        gradient.name(),
        gradient.layer(),
        new GradientUpdate(computed.operator(), update.optimizer()),
        inputs,
        List.of(),
        gradient.line(),
        gradient.text());
  }
}
