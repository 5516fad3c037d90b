package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;

/** The memory that {@link ConvLowering} works in, by the names it asks for. */
final class ConvScratch {
  /** A padded copy of the input, or the framed gradient of the output. */
  static final String PADDED = "padded";

  /** One row a kernel tap and channel. */
  static final String COLUMNS = "columns";

  /** The padded input with channels innermost. */
  static final String CHANNELS_LAST = "channelsLast";

  /** One row a pixel of the output, with all inputs that it sees. */
  static final String PATCHES = "patches";

  /** A result whose pitch is not the one of the plane it goes to. */
  static final String RESULT = "result";

  /** The weight, one row an input channel. */
  static final String TURNED_WEIGHT = "turnedWeight";

  private final Conv2d conv;
  private final TensorShape input;

  ConvScratch(Conv2d conv, TensorShape input) {
    this.conv = conv;
    this.input = input;
  }

  List<Scratch> forward(int inputPitch) {
    ConvGeometry geometry = ConvGeometry.of(conv, input, inputPitch);
    List<Scratch> needs = new ArrayList<>();
    if (geometry.copiesInput()) {
      needs.add(
          new Scratch(PADDED, input.channels(), geometry.sourceLength(), Lifetime.KEEPS_ZEROS));
    }
    if (geometry.usesColumns()) {
      needs.add(new Scratch(COLUMNS, fanIn(), geometry.columnLength(), Lifetime.OPERATION));
    }
    return needs;
  }

  List<Scratch> inputGradient(int inputPitch) {
    ConvGradientGeometry geometry = ConvGradientGeometry.of(conv, input);
    int taps = conv.window().kernel().rows() * conv.window().kernel().columns();
    int rows = taps * conv.outChannels();
    List<Scratch> needs = new ArrayList<>();
    needs.add(
        new Scratch(PADDED, conv.outChannels(), geometry.frameLength(), Lifetime.KEEPS_ZEROS));
    needs.add(new Scratch(COLUMNS, rows, geometry.length(), Lifetime.OPERATION));
    needs.add(new Scratch(TURNED_WEIGHT, input.channels(), rows, Lifetime.PARAMETERS));
    if (geometry.pitch() != inputPitch) {
      needs.add(new Scratch(RESULT, input.channels(), geometry.length(), Lifetime.OPERATION));
    }
    return needs;
  }

  List<Scratch> parameterGradient() {
    TensorShape output = conv.outputShape(input);
    int height = input.height() + conv.window().padding().top() + conv.window().padding().bottom();
    int width = input.width() + conv.window().padding().left() + conv.window().padding().right();
    int length = Math.multiplyExact(Math.multiplyExact(height, width), input.channels());
    return List.of(
        new Scratch(CHANNELS_LAST, 1, length, Lifetime.KEEPS_ZEROS),
        new Scratch(PATCHES, output.height() * output.width(), fanIn(), Lifetime.OPERATION));
  }

  private int fanIn() {
    return conv.parameters(input).get(0).fanIn();
  }
}
