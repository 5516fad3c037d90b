package org.cnnc.compiler.train;

import java.util.HashSet;
import java.util.Set;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Checks what every step must keep: one producer a tensor, before its users; gradients shaped like
 * what they belong to.
 */
public final class StepGraphVerifier {
  private final StepGraph graph;
  private final Set<Integer> there = new HashSet<>();
  private final Set<String> operationNames = new HashSet<>();

  private StepGraphVerifier(StepGraph graph) {
    this.graph = graph;
  }

  /**
   * Checks everything.
   *
   * @throws InternalCompilerError naming what is broken
   */
  public static void verify(StepGraph graph) {
    new StepGraphVerifier(graph).run();
  }

  private void run() {
    verifyTensors();
    graph.operations().forEach(this::verifyOperation);
    for (Tensor result : graph.results()) {
      require(there.contains(result.id()), "nothing gives the result " + result.name());
    }
    require(graph.training() || graph.batch() == 1, "a prediction is of one image");
  }

  private void verifyTensors() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < graph.tensors().size(); i++) {
      Tensor tensor = graph.tensors().get(i);
      require(tensor.id() == i, tensor.name() + " has id " + tensor.id() + " at position " + i);
      require(names.add(tensor.name()), "two tensors are named " + tensor.name());
      require(
          tensor.subject() >= 0 && tensor.subject() < graph.tensors().size(),
          tensor.name() + " is about no tensor");
      Tensor subject = graph.tensors().get(tensor.subject());
      require(
          subject.dims().equals(tensor.dims()),
          tensor.name() + tensor.dims() + " is about " + subject.name() + subject.dims());
      if (comesFromOutside(tensor)) {
        there.add(tensor.id());
      }
    }
  }

  private boolean comesFromOutside(Tensor tensor) {
    return tensor.equals(graph.image())
        || tensor.role() == Role.PARAMETER
        || tensor.role() == Role.STATE
        || tensor.role() == Role.TARGET;
  }

  private void verifyOperation(Operation operation) {
    require(operationNames.add(operation.name()), "two operations are named " + operation.name());
    for (Tensor input : operation.inputs()) {
      require(isOurs(input), operation.name() + " takes " + input.name() + " of another step");
      require(
          there.contains(input.id()), operation.name() + " takes " + input.name() + " too early");
    }
    for (Tensor output : operation.outputs()) {
      require(isOurs(output), operation.name() + " gives " + output.name() + " of another step");
      require(there.add(output.id()), output.name() + " has two producers");
    }
    require(
        operation.outputs().isEmpty() == operation.computation().updates(),
        operation.name() + " has the wrong outputs");
    if (operation.computation() instanceof Computation.Forward forward) {
      require(
          forward
              .operator()
              .outputShape(operation.input(0).shape())
              .dims()
              .equals(operation.output().dims()),
          operation.name() + " does not give " + operation.output().dims());
      require(
          forward.activation().isEmpty() || forward.operator() instanceof Conv2d,
          operation.name() + " is no convolution and has an activation");
    }
    if (operation.computation() instanceof Computation.PooledForward pooled) {
      verifyPooled(operation, pooled);
    }
    if (operation.computation() instanceof Computation.GradientUpdate update) {
      verifyGradientUpdate(operation, update);
    }
  }

  /** Behind the output's gradient and the input stand parameters, each before its states. */
  private static void verifyGradientUpdate(Operation operation, Computation.GradientUpdate update) {
    int each = 1 + update.optimizer().states().size();
    require(
        operation.inputs().size() > 2 && (operation.inputs().size() - 2) % each == 0,
        operation.name() + " has the wrong inputs");
    for (int i = 0; i < update.parameters(operation); i++) {
      Tensor parameter = update.changed(operation, i).get(0);
      require(
          parameter.role() == Role.PARAMETER,
          operation.name() + " updates " + parameter.name() + ", which is no parameter");
      for (Tensor state : update.changed(operation, i).subList(1, each)) {
        require(
            state.role() == Role.STATE && state.subject() == parameter.id(),
            operation.name() + " takes " + state.name() + " for a state of " + parameter.name());
      }
    }
  }

  private static void verifyPooled(Operation operation, Computation.PooledForward pooled) {
    require(
        pooled.outputShape(operation.input(0).shape()).dims().equals(operation.output().dims()),
        operation.name() + " does not give " + operation.output().dims());
    require(pooled.windows().isApart(), "the windows of " + operation.name() + " overlap");
    require(
        operation.outputs().size() == (pooled.places() ? 2 : 1),
        operation.name() + " has the wrong outputs");
  }

  private boolean isOurs(Tensor tensor) {
    return tensor.id() < graph.tensors().size() && graph.tensors().get(tensor.id()).equals(tensor);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InternalCompilerError("step graph: " + message);
    }
  }
}
