package org.cnnc.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.shape.Window;

/** The text of a step: one line an operation, for people and for tests. */
public final class StepGraphPrinter implements Computation.Visitor<String> {
  private StepGraphPrinter() {}

  /** Ends with a line feed. */
  public static String print(StepGraph graph) {
    StringBuilder text = new StringBuilder();
    text.append(graph.training() ? "training of " : "prediction of ");
    text.append(graph.network().name()).append(", batch ").append(graph.batch()).append('\n');
    for (Tensor tensor : graph.withRole(Tensor.Role.PARAMETER)) {
      text.append("parameter ").append(tensor(tensor)).append('\n');
    }
    graph.operations().forEach(operation -> text.append(operation(operation)).append('\n'));
    text.append("results ").append(names(graph.results())).append('\n');
    return text.toString();
  }

  /**
   * {@code conv1.d_input: d_image[3, 32, 32] = gradient of input conv(...) of d_conv1,
   * conv1.weight}.
   */
  public static String operation(Operation operation) {
    String outputs =
        operation.outputs().stream()
            .map(StepGraphPrinter::tensor)
            .collect(Collectors.joining(", "));
    return operation.name()
        + ": "
        + (outputs.isEmpty() ? "" : outputs + " = ")
        + operation.computation().accept(new StepGraphPrinter())
        + " of "
        + names(operation.inputs());
  }

  private static String tensor(Tensor tensor) {
    return tensor.name() + tensor.dims();
  }

  private static String names(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::name).collect(Collectors.joining(", "));
  }

  @Override
  public String visitForward(Computation.Forward computation) {
    return computation.operator().text()
        + then(computation.activation())
        + (computation.places() ? ", places" : "");
  }

  private static String then(Optional<Activation> activation) {
    return activation.map(function -> " -> " + function.text()).orElse("");
  }

  /** {@code conv(...) -> relu -> largest of kernel=2x2, ...}. */
  @Override
  public String visitPooledForward(Computation.PooledForward computation) {
    return computation.convolution().text()
        + then(computation.activation())
        + " -> largest of "
        + computation.windows()
        + (computation.places() ? ", places" : "");
  }

  @Override
  public String visitInputGradient(Computation.InputGradient computation) {
    return "gradient of input " + computation.operator().text() + at(computation.windows());
  }

  @Override
  public String visitParameterGradient(Computation.ParameterGradient computation) {
    return "gradient of parameters " + computation.operator().text() + at(computation.windows());
  }

  private static String at(Optional<Window> windows) {
    return windows.map(window -> " at the windows " + window).orElse("");
  }

  @Override
  public String visitLoss(Computation.Loss computation) {
    return "loss " + computation.kind();
  }

  @Override
  public String visitLossGradient(Computation.LossGradient computation) {
    return "gradient of loss " + computation.kind();
  }

  @Override
  public String visitAccumulate(Computation.Accumulate computation) {
    return "sum";
  }

  @Override
  public String visitUpdate(Computation.Update computation) {
    return "update " + computation.optimizer();
  }

  @Override
  public String visitGradientUpdate(Computation.GradientUpdate computation) {
    return "gradient of parameters "
        + computation.operator().text()
        + " -> update "
        + computation.optimizer();
  }
}
