package org.cnnc.compiler.lower;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;

/** What the kernels of a convolution and its gradients have to do for one image. */
final class ConvWork {
  private static final String OUTPUT_CHANNELS = "output channels";

  /** So many sums hide how long an addition takes. */
  private static final int FEWEST_TAPS = 4;

  private static final String PIXELS = "pixels of the image";

  private final Conv2d conv;
  private final TensorShape input;
  private final TensorShape output;
  private final Form form;

  ConvWork(Conv2d conv, TensorShape input, Form form) {
    this.conv = conv;
    this.input = input;
    this.output = conv.outputShape(input);
    this.form = form;
  }

  KernelWork forward(int inputPitch) {
    ConvGeometry geometry = ConvGeometry.of(conv, input, inputPitch);
    if (form == Form.CHANNELS) {
      return channels("input channels", "output channels", input, output);
    }
    long columns = (long) fanIn() * geometry.columnLength();
    boolean unitStride = conv.window().stride().equals(new Size(1, 1));
    boolean copiesColumns = form == Form.ROWS ? geometry.usesColumns() : !unitStride;
    long framed = form == Form.REGISTERS || geometry.copiesInput() ? input.elements() : 0;
    long inRows = framed + (copiesColumns && unitStride ? columns : 0);
    return work(
        new Axes(OUTPUT_CHANNELS, "kernel taps x input channels", PIXELS),
        conv.outChannels(),
        fanIn(),
        geometry.columnLength(),
        1,
        new Copies(inRows, copiesColumns && !unitStride ? columns : 0));
  }

  KernelWork inputGradient(int inputPitch) {
    ConvGradientGeometry geometry = ConvGradientGeometry.of(conv, input);
    if (form == Form.CHANNELS) {
      return channels(OUTPUT_CHANNELS, "input channels", output, input);
    }
    int terms = Math.multiplyExact(taps(), conv.outChannels());
    boolean spread = conv.window().stride().columns() > 1;
    long columns = form == Form.ROWS ? (long) terms * geometry.length() : 0;
    long result = geometry.pitch() == inputPitch ? 0 : input.elements();
    return work(
        new Axes("input channels", "kernel taps x output channels", PIXELS),
        input.channels(),
        terms,
        geometry.length(),
        1,
        new Copies(
            columns + result + (spread ? 0 : output.elements()), spread ? output.elements() : 0));
  }

  /** Each tap adds the channels of one tensor to those of another, which are the lanes. */
  private KernelWork channels(
      String termAxis, String laneAxis, TensorShape terms, TensorShape lanes) {
    return new KernelWork(
        form,
        new Axes("pixels of a row", termAxis, laneAxis),
        lanes.width(),
        terms.channels(),
        lanes.channels(),
        Math.multiplyExact(taps(), lanes.height()),
        Math.multiplyExact((long) output.elements(), fanIn()),
        new Copies(terms.elements(), lanes.elements()),
        1);
  }

  KernelWork weightGradient() {
    Size kernel = conv.window().kernel();
    int pixels = output.height() * output.width();
    if (form == Form.ROWS) {
      return work(
          new Axes(OUTPUT_CHANNELS, "pixels of a row", "kernel taps x input channels"),
          conv.outChannels(),
          output.width(),
          fanIn(),
          output.height(),
          new Copies((long) pixels * fanIn(), input.elements()));
    }
    return work(
        new Axes(OUTPUT_CHANNELS, PIXELS, "kernel columns x input channels"),
        conv.outChannels(),
        pixels,
        kernel.columns() * input.channels(),
        kernel.rows(),
        new Copies(output.elements(), input.elements()));
  }

  /**
   * Whether the input channels alone fill vectors where the weight's gradient is summed at the
   * windows of a pool, and the taps of some kernel rows are enough sums to take turns.
   */
  static boolean fillsVectorsAtWindows(Conv2d conv, TensorShape input) {
    Size kernel = conv.window().kernel();
    return input.channels() % ValueType.MAX_LANES == 0
        && kernel.rows() * kernel.columns() >= FEWEST_TAPS
        && kernel.columns() <= KernelChoice.MOST_SUMS;
  }

  /** Of the pixels only those where a window of a pool has its element. */
  KernelWork weightGradient(WindowGradient gradient) {
    int windows = gradient.windows();
    long multiplyAdds = Math.multiplyExact((long) windows * conv.outChannels(), fanIn());
    if (form == Form.ROWS) {
      return new KernelWork(
          form,
          new Axes(OUTPUT_CHANNELS, "windows of a row", "kernel taps x input channels"),
          1, // each channel has rows of its own
          gradient.shape().width(),
          fanIn(),
          Math.multiplyExact(gradient.shape().height(), conv.outChannels()),
          multiplyAdds,
          new Copies((long) output.height() * output.width() * fanIn(), input.elements()),
          1);
    }
    if (fillsVectorsAtWindows(conv, input)) {
      return new KernelWork(
          Form.TAPS,
          new Axes("kernel taps", "windows", "input channels"),
          taps(),
          windows,
          input.channels(),
          conv.outChannels(),
          multiplyAdds,
          new Copies((long) windows * conv.outChannels(), input.elements()),
          1);
    }
    int kernelRows = conv.window().kernel().rows();
    return new KernelWork(
        Form.PLACES,
        new Axes("output channels x kernel rows", "windows", "kernel columns x input channels"),
        Math.multiplyExact(conv.outChannels(), kernelRows),
        windows,
        conv.window().kernel().columns() * input.channels(),
        1,
        multiplyAdds,
        new Copies((long) windows * conv.outChannels(), input.elements()),
        1);
  }

  private KernelWork work(Axes axes, int sums, int terms, int lanes, int repeats, Copies copies) {
    long multiplyAdds = Math.multiplyExact((long) output.elements(), fanIn());
    return new KernelWork(form, axes, sums, terms, lanes, repeats, multiplyAdds, copies, 1);
  }

  private int taps() {
    return conv.window().kernel().rows() * conv.window().kernel().columns();
  }

  private int fanIn() {
    return conv.parameters(input).get(0).fanIn();
  }
}
