package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.train.Tensor;

/**
 * Brings the tensors of a convolution into the forms that its kernels read: framed with zeros,
 * spread by the stride, with channels innermost.
 */
final class ConvFrames {
  private ConvFrames() {}

  /** Copies the rows of the operation's input between the zeros that frame them. */
  static Stmt padInput(OperationScope scope, Conv2d conv, ConvGeometry geometry, Planes planes) {
    Tensor input = scope.operation().input(0);
    TensorShape shape = input.shape();
    Padding padding = conv.window().padding();
    int start = padding.top() * geometry.sourcePitch() + padding.left();
    return loop(
        "inChannel",
        shape.channels(),
        channel ->
            loop(
                "y",
                shape.height(),
                y ->
                    new Copy(
                        scope.row(input, channel),
                        y.times(scope.step().pitch(input)),
                        planes.array().apply(channel),
                        planes
                            .start()
                            .apply(channel)
                            .plus(y.times(geometry.sourcePitch()))
                            .plus(start),
                        shape.width())));
  }

  /** Copies the operation's input into planes, between zeros if it is padded. */
  static Stmt frameInput(OperationScope scope, Conv2d conv, ConvGeometry geometry, Planes planes) {
    if (geometry.copiesInput()) {
      return padInput(scope, conv, geometry, planes);
    }
    Tensor input = scope.operation().input(0);
    return loop(
        "inChannel",
        input.shape().channels(),
        channel ->
            new Copy(
                scope.row(input, channel),
                Index.of(0),
                planes.array().apply(channel),
                planes.start().apply(channel),
                geometry.sourceLength()));
  }

  /** One column: what one kernel tap sees of the plane that begins at {@code start}. */
  static Stmt column(
      OperationScope scope,
      Conv2d conv,
      ConvGeometry geometry,
      ArrayRef source,
      Index start,
      ArrayRef column,
      Index columnStart) {
    Size stride = conv.window().stride();
    if (stride.equals(new Size(1, 1))) {
      return new Copy(source, start, column, columnStart, geometry.columnLength());
    }
    TensorShape output = scope.operation().output().shape();
    return loop(
        "y",
        output.height(),
        y ->
            loop(
                "x",
                output.width(),
                x ->
                    new Store(
                        column,
                        y.times(output.width()).plus(x).plus(columnStart),
                        load(
                            source,
                            y.times(stride.rows() * geometry.sourcePitch())
                                .plus(x.times(stride.columns()))
                                .plus(start)))));
  }

  /** Spreads the gradient of the output by the stride, between zeros. */
  static Stmt frameGradient(
      OperationScope scope,
      Conv2d conv,
      ConvGradientGeometry geometry,
      Planes planes,
      Buffer frame) {
    return WindowGradient.of(scope.operation())
        .map(gradient -> framePlaces(scope, conv, geometry, planes, frame, gradient))
        .orElseGet(() -> frameWhole(scope, conv, geometry, planes));
  }

  /** Clears the frame, and puts the element of each window where it belongs. */
  private static Stmt framePlaces(
      OperationScope scope,
      Conv2d conv,
      ConvGradientGeometry geometry,
      Planes planes,
      Buffer frame,
      WindowGradient gradient) {
    Size stride = conv.window().stride();
    int start = geometry.top() * geometry.pitch() + geometry.left();
    return gradient.scatter(
        scope,
        frame,
        "outChannel",
        (channel, y, x, place) ->
            new WindowGradient.Target(
                planes.array().apply(channel),
                planes
                    .start()
                    .apply(channel)
                    .plus(
                        gradient.pixel(
                            y, x, place, stride.rows() * geometry.pitch(), stride.columns()))
                    .plus(start)));
  }

  private static Stmt frameWhole(
      OperationScope scope, Conv2d conv, ConvGradientGeometry geometry, Planes planes) {
    Tensor gradient = scope.operation().input(0);
    Size stride = conv.window().stride();
    int pitch = scope.step().pitch(gradient);
    int start = geometry.top() * geometry.pitch() + geometry.left();
    int rowStep = stride.rows() * geometry.pitch();
    return loop(
        "outChannel",
        conv.outChannels(),
        channel ->
            loop(
                "y",
                geometry.firstRow(),
                geometry.endRow(),
                y -> {
                  ArrayRef source = scope.row(gradient, channel);
                  ArrayRef target = planes.array().apply(channel);
                  Index targetRow = planes.start().apply(channel).plus(y.times(rowStep));
                  int first = geometry.firstColumn();
                  if (stride.columns() == 1) {
                    return new Copy(
                        source,
                        y.times(pitch).plus(first),
                        target,
                        targetRow.plus(start + first),
                        geometry.endColumn() - first);
                  }
                  return loop(
                      "x",
                      first,
                      geometry.endColumn(),
                      x ->
                          new Store(
                              target,
                              targetRow.plus(x.times(stride.columns())).plus(start),
                              load(source, y.times(pitch).plus(x))));
                }));
  }

  /** Copies a channel of the input's gradient from rows of another pitch. */
  static Stmt copyResult(
      OperationScope scope, ConvGradientGeometry geometry, Buffer result, Index channel) {
    Tensor inputGradient = scope.operation().output();
    TensorShape shape = inputGradient.shape();
    return loop(
        "y",
        shape.height(),
        y ->
            new Copy(
                row(result, channel),
                y.times(geometry.pitch()),
                scope.row(inputGradient, channel),
                y.times(scope.step().pitch(inputGradient)),
                shape.width()));
  }

  /** The input of the forward pass, padded, with channels innermost. */
  static Stmt channelsLast(OperationScope scope, Conv2d conv, Buffer buffer) {
    return channelsLast(scope, conv, buffer, scope.operation().input(1).shape().channels());
  }

  /**
   * The same in planes one after the other, each of {@code width} channels; {@code width} divides
   * the channels.
   */
  static Stmt channelsLast(OperationScope scope, Conv2d conv, Buffer buffer, int width) {
    Tensor input = scope.operation().input(1);
    TensorShape shape = input.shape();
    Padding padding = conv.window().padding();
    int pitch = paddedWidth(conv, shape) * width;
    int plane = (shape.height() + padding.top() + padding.bottom()) * pitch;
    int start = padding.top() * pitch + padding.left() * width;
    ArrayRef target = row(buffer, Index.of(0));
    return loop(
        "inChannel",
        shape.channels(),
        channel ->
            loop(
                "y",
                shape.height(),
                y ->
                    loop(
                        "x",
                        shape.width(),
                        x ->
                            new Store(
                                target,
                                channel
                                    .dividedBy(width)
                                    .times(plane)
                                    .plus(y.times(pitch))
                                    .plus(x.times(width))
                                    .plus(channel.remainder(width))
                                    .plus(start),
                                load(
                                    scope.row(input, channel),
                                    y.times(scope.step().pitch(input)).plus(x))))));
  }

  /** Columns of the padded input. */
  static int paddedWidth(Conv2d conv, TensorShape input) {
    return input.width() + conv.window().padding().left() + conv.window().padding().right();
  }
}
