package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradient of a convolution's input on vectors: lanes are pixels of the input, sums are input
 * channels, read in place from the framed gradient of the output.
 */
final class VectorConvInputGradient implements VectorConvPass {
  private static final String FRAME = "frame";
  private static final String PACKED_WEIGHT = "packedWeight";
  private static final String RESULT = "result";

  private final Conv2d conv;
  private final TensorShape input;
  private final ConvGradientGeometry geometry;
  private final boolean inPlace;
  private final RowPieces pieces;
  private final PackedWeight weight;

  VectorConvInputGradient(Conv2d conv, ScheduledStep step, Operation operation) {
    this.conv = conv;
    this.input = operation.output().shape();
    this.geometry = ConvGradientGeometry.of(conv, input);
    this.inPlace = geometry.pitch() == step.pitch(operation.output());
    Size kernel = conv.window().kernel();
    int terms = Math.multiplyExact(kernel.rows() * kernel.columns(), conv.outChannels());
    KernelChoice choice = step.choice(operation);
    this.pieces = RowPieces.of(geometry.length(), choice.vectors());
    this.weight = new PackedWeight(input.channels(), terms, choice.sums());
  }

  @Override
  public List<Scratch> scratch() {
    List<Scratch> needs = new ArrayList<>();
    needs.add(new Scratch(PACKED_WEIGHT, 1, weight.length(), Lifetime.PARAMETERS));
    needs.addAll(terms().scratch());
    int room = pieces.room() - geometry.length();
    int frame = Math.multiplyExact(conv.outChannels(), geometry.frameLength());
    needs.add(new Scratch(FRAME, 1, frame + room, Lifetime.KEEPS_ZEROS));
    if (!inPlace) {
      needs.add(new Scratch(RESULT, input.channels(), pieces.room(), Lifetime.OPERATION));
    }
    return needs;
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor parameter = scope.operation().input(1);
    int channels = input.channels();
    int outChannels = conv.outChannels();
    scope.add(
        weight.pack(
            scope,
            scope.scratch(PACKED_WEIGHT),
            (channel, k) ->
                load(
                    scope.parameterRow(parameter, k.remainder(outChannels)),
                    k.dividedBy(outChannels).times(channels).plus(channel))));
    terms().prepare(scope);
  }

  @Override
  public int parts() {
    return weight.tiles();
  }

  @Override
  public void lower(OperationScope scope) {
    Buffer frame = scope.scratch(FRAME);
    if (geometry.reachesInput()) {
      Planes planes = Planes.inOneRow(frame, geometry.frameLength());
      scope.add(ConvFrames.frameGradient(scope, conv, geometry, planes, frame));
    }
    scope.add(
        scope.tilesOfPart(
            input.channels(),
            weight.tile(),
            (first, size) ->
                scope.inFunction(
                    "channels" + size,
                    size + " input channels, pixels in lanes.",
                    first,
                    (inner, channel) -> inner.add(tile(inner, channel, size)))));
    if (!inPlace) {
      scope.add(
          scope.tilesOfPart(
              input.channels(), weight.tile(), (first, size) -> copyResults(scope, first, size)));
    }
  }

  private Stmt copyResults(OperationScope scope, Index first, int size) {
    Buffer result = scope.scratch(RESULT);
    return loop(
        "inChannel",
        size,
        channel -> ConvFrames.copyResult(scope, geometry, result, first.plus(channel)));
  }

  private Stmt tile(OperationScope scope, Index first, int size) {
    Size kernel = conv.window().kernel();
    int last = (kernel.rows() - 1) * geometry.pitch() + kernel.columns() - 1;
    VectorTile tile =
        new VectorTile(
            size,
            pieces,
            terms().rounds(scope, size, pieces.count(), size),
            row(scope.scratch(FRAME), Index.of(0)),
            Index.of(last),
            Scalars.of(row(scope.scratch(PACKED_WEIGHT), Index.of(0)), weight.start(first), 1));
    return tile.loops(
        t -> new Broadcast(Loops.ZERO), Index.of(0), t -> result(scope, first.plus(t)));
  }

  private TapOffsets terms() {
    Size kernel = conv.window().kernel();
    return new TapOffsets(
        List.of(
            new TapOffsets.Axis("kernelRow", kernel.rows(), -geometry.pitch()),
            new TapOffsets.Axis("kernelColumn", kernel.columns(), -1),
            new TapOffsets.Axis("outChannel", conv.outChannels(), geometry.frameLength())));
  }

  private ArrayRef result(OperationScope scope, Index channel) {
    return inPlace
        ? scope.row(scope.operation().output(), channel)
        : row(scope.scratch(RESULT), channel);
  }
}
