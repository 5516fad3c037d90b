package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradient of a convolution's weight on vectors: lanes are (kernel column, input channel) of
 * one kernel row, contiguous where channels are innermost; sums are output channels; the loops of
 * the sum go over the pixels.
 */
final class VectorConvWeightGradient implements VectorConvPass {
  private static final String CHANNELS_LAST = "channelsLast";
  private static final String GRADIENTS = "gradients";

  private final Conv2d conv;
  private final TensorShape input;
  private final int rowLength;
  private final int gradientPitch;
  private final int gradientPlane;
  private final RowPieces pieces;
  private final int tile;

  VectorConvWeightGradient(Conv2d conv, ScheduledStep step, Operation operation) {
    this.conv = conv;
    this.input = operation.input(1).shape();
    this.rowLength = ConvFrames.paddedWidth(conv, input) * input.channels();
    this.gradientPitch = step.pitch(operation.input(0));
    this.gradientPlane = conv.outputShape(input).height() * gradientPitch;
    this.tile = step.choice(operation).sums();
    int lanes = conv.window().kernel().columns() * input.channels();
    this.pieces = RowPieces.of(lanes, step.choice(operation).vectors());
  }

  @Override
  public List<Scratch> scratch() {
    Padding padding = conv.window().padding();
    int rows = input.height() + padding.top() + padding.bottom();
    int length = Math.multiplyExact(rows, rowLength) + pieces.room();
    int gradients = Math.multiplyExact(conv.outChannels(), gradientPlane);
    return List.of(
        new Scratch(CHANNELS_LAST, 1, length, Lifetime.KEEPS_ZEROS),
        new Scratch(GRADIENTS, 1, gradients, Lifetime.OPERATION));
  }

  @Override
  public int parts() {
    return (conv.outChannels() + tile - 1) / tile;
  }

  @Override
  public void lower(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    if (conv.bias()) {
      scope.add(BiasGradient.ofChannels(scope, outputGradient, scope.operation().outputs().get(1)));
    }
    scope.add(ConvFrames.channelsLast(scope, conv, scope.scratch(CHANNELS_LAST)));
    scope.add(
        loop(
            "outChannel",
            conv.outChannels(),
            channel ->
                new Copy(
                    scope.row(outputGradient, channel),
                    Index.of(0),
                    row(scope.scratch(GRADIENTS), Index.of(0)),
                    channel.times(gradientPlane),
                    gradientPlane)));
    scope.add(
        scope.tilesOfPart(
            conv.outChannels(),
            tile,
            (first, size) ->
                scope.inFunction(
                    "channels" + size,
                    size + " output channels, a kernel row in lanes.",
                    first,
                    (inner, channel) -> inner.add(tile(inner, channel, size)))));
  }

  private Stmt tile(OperationScope scope, Index first, int size) {
    return loop(
        "kernelRow",
        conv.window().kernel().rows(),
        kernelRow -> kernelRowOf(scope, first, size, kernelRow));
  }

  private Rounds pixels(TensorShape output, Size stride) {
    return pixel ->
        loop(
            "y",
            output.height(),
            y ->
                loop(
                    "x",
                    output.width(),
                    x ->
                        pixel.at(
                            y.times(stride.rows() * rowLength)
                                .plus(x.times(stride.columns() * input.channels())),
                            y.times(gradientPitch).plus(x))));
  }

  private Stmt kernelRowOf(OperationScope scope, Index first, int size, Index kernelRow) {
    Tensor weightGradient = scope.operation().output();
    TensorShape output = conv.outputShape(input);
    Size stride = conv.window().stride();
    int pieceLength = conv.window().kernel().columns() * input.channels();
    int piecePitch = scope.piecePitch(weightGradient, pieceLength);
    VectorTile sums =
        new VectorTile(
            size,
            pieces,
            pixels(output, stride),
            row(scope.scratch(CHANNELS_LAST), Index.of(0)),
            kernelRow.times(rowLength),
            Scalars.of(
                row(scope.scratch(GRADIENTS), Index.of(0)),
                first.times(gradientPlane),
                gradientPlane));
    return sums.loopsAdding(
        kernelRow.times(piecePitch), t -> scope.blockGradientRow(weightGradient, first.plus(t)));
  }
}
