package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Conv2d;
import org.cnnc.compiler.graph.op.FullyConnected;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;

/**
 * What each scheduled operation needs beside its tensors; the names are those that its lowering
 * asks for.
 */
public final class ScratchNeeds {
  /** A padded copy of the input, or the framed gradient of the output. */
  public static final String PADDED = "padded";

  /** One row a kernel tap and channel. */
  public static final String COLUMNS = "columns";

  /** The padded input with channels innermost. */
  public static final String CHANNELS_LAST = "channelsLast";

  /** One row a pixel of the output, with all inputs that it sees. */
  public static final String PATCHES = "patches";

  /** A result whose pitch is not the one of the plane it goes to. */
  public static final String RESULT = "result";

  /** A fully connected layer's weight, one row an input. */
  public static final String TRANSPOSED_WEIGHT = "transposedWeight";

  /** A convolution's weight, one row an input channel. */
  public static final String TURNED_WEIGHT = "turnedWeight";

  private ScratchNeeds() {}

  public static List<Scratch> of(ScheduledStep step, Operation operation) {
    Computation computation = operation.computation();
    if (computation instanceof Computation.Forward forward) {
      return forward(step, operation, forward.operator());
    }
    if (computation instanceof Computation.InputGradient gradient
        && gradient.operator() instanceof Conv2d conv) {
      return convInputGradient(step, operation, conv);
    }
    if (computation instanceof Computation.ParameterGradient gradient
        && gradient.operator() instanceof Conv2d conv) {
      return convWeightGradient(operation.input(1).shape(), conv);
    }
    return List.of();
  }

  private static List<Scratch> forward(ScheduledStep step, Operation operation, Operator operator) {
    TensorShape input = operation.input(0).shape();
    if (operator instanceof FullyConnected full) {
      return List.of(
          new Scratch(
              TRANSPOSED_WEIGHT, input.elements(), full.outFeatures(), Lifetime.PARAMETERS));
    }
    if (!(operator instanceof Conv2d conv)) {
      return List.of();
    }
    ConvGeometry geometry = ConvGeometry.of(conv, input, step.pitch(operation.input(0)));
    List<Scratch> needs = new ArrayList<>();
    if (geometry.copiesInput()) {
      needs.add(
          new Scratch(PADDED, input.channels(), geometry.sourceLength(), Lifetime.KEEPS_ZEROS));
    }
    if (geometry.usesColumns()) {
      int taps = operator.parameters(input).get(0).fanIn();
      needs.add(new Scratch(COLUMNS, taps, geometry.columnLength(), Lifetime.OPERATION));
    }
    return needs;
  }

  private static List<Scratch> convInputGradient(
      ScheduledStep step, Operation operation, Conv2d conv) {
    TensorShape input = operation.output().shape();
    ConvGradientGeometry geometry = ConvGradientGeometry.of(conv, input);
    Size kernel = conv.window().kernel();
    int taps = kernel.rows() * kernel.columns() * conv.outChannels();
    List<Scratch> needs = new ArrayList<>();
    needs.add(
        new Scratch(PADDED, conv.outChannels(), geometry.frameLength(), Lifetime.KEEPS_ZEROS));
    needs.add(new Scratch(COLUMNS, taps, geometry.length(), Lifetime.OPERATION));
    needs.add(new Scratch(TURNED_WEIGHT, input.channels(), taps, Lifetime.PARAMETERS));
    if (geometry.pitch() != step.pitch(operation.output())) {
      needs.add(new Scratch(RESULT, input.channels(), geometry.length(), Lifetime.OPERATION));
    }
    return needs;
  }

  private static List<Scratch> convWeightGradient(TensorShape input, Conv2d conv) {
    Window window = conv.window();
    TensorShape output = conv.outputShape(input);
    int paddedHeight = input.height() + window.padding().top() + window.padding().bottom();
    int paddedWidth = input.width() + window.padding().left() + window.padding().right();
    return List.of(
        new Scratch(
            CHANNELS_LAST,
            1,
            Math.multiplyExact(Math.multiplyExact(paddedHeight, paddedWidth), input.channels()),
            Lifetime.KEEPS_ZEROS),
        new Scratch(
            PATCHES,
            output.height() * output.width(),
            conv.parameters(input).get(0).fanIn(),
            Lifetime.OPERATION));
  }
}
