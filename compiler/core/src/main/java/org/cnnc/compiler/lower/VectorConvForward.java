package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A convolution on vectors: lanes are pixels, sums are output channels. With a stride of 1 the
 * pixels are read in place from one framed copy of the input; else from columns.
 */
final class VectorConvForward implements VectorConvPass {
  private static final String PADDED = "padded";
  private static final String FRAME = "frame";
  private static final String COLUMNS = "columns";
  private static final String PACKED_WEIGHT = "packedWeight";

  private final Conv2d conv;
  private final Tensor input;
  private final ConvGeometry geometry;
  private final RowPieces pieces;
  private final PackedWeight weight;

  VectorConvForward(Conv2d conv, ScheduledStep step, Operation operation) {
    this.conv = conv;
    this.input = operation.input(0);
    this.geometry = ConvGeometry.of(conv, input.shape(), step.pitch(input));
    int fanIn = conv.parameters(input.shape()).get(0).fanIn();
    KernelChoice choice = step.choice(operation);
    this.pieces = RowPieces.of(geometry.columnLength(), choice.vectors());
    this.weight = new PackedWeight(conv.outChannels(), fanIn, choice.sums());
  }

  @Override
  public List<Scratch> scratch() {
    List<Scratch> needs = new ArrayList<>();
    needs.add(new Scratch(PACKED_WEIGHT, 1, weight.length(), Lifetime.PARAMETERS));
    needs.addAll(terms().scratch());
    int channels = input.shape().channels();
    int room = pieces.room() - geometry.columnLength();
    if (isDirect()) {
      int length = Math.multiplyExact(channels, geometry.sourceLength()) + room;
      needs.add(new Scratch(FRAME, 1, length, Lifetime.KEEPS_ZEROS));
      return needs;
    }
    if (geometry.copiesInput()) {
      needs.add(new Scratch(PADDED, channels, geometry.sourceLength(), Lifetime.KEEPS_ZEROS));
    }
    int length = Math.multiplyExact(weight.terms(), geometry.columnLength()) + room;
    needs.add(new Scratch(COLUMNS, 1, length, Lifetime.OPERATION));
    return needs;
  }

  private boolean isDirect() {
    return conv.window().stride().equals(new Size(1, 1));
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor parameter = scope.operation().input(1);
    scope.add(
        weight.pack(
            scope,
            scope.scratch(PACKED_WEIGHT),
            (channel, k) -> load(scope.parameterRow(parameter, channel), k)));
    terms().prepare(scope);
  }

  @Override
  public int parts() {
    return weight.tiles();
  }

  @Override
  public void lower(OperationScope scope) {
    Planes planes =
        Planes.inOneRow(scope.scratch(isDirect() ? FRAME : COLUMNS), geometry.sourceLength());
    scope.add(isDirect() ? ConvFrames.frameInput(scope, conv, geometry, planes) : columns(scope));
    scope.add(
        scope.tilesOfPart(
            conv.outChannels(),
            weight.tile(),
            (first, size) ->
                scope.inFunction(
                    "channels" + size,
                    size + " output channels, pixels in lanes.",
                    first,
                    (inner, channel) -> inner.add(tile(inner, channel, size)))));
  }

  private Stmt tile(OperationScope scope, Index first, int size) {
    Tensor output = scope.operation().output();
    VectorTile kernel =
        new VectorTile(
            size,
            pieces,
            terms().rounds(scope, size, pieces.count(), size),
            row(scope.scratch(isDirect() ? FRAME : COLUMNS), Index.of(0)),
            Index.of(0),
            Scalars.of(row(scope.scratch(PACKED_WEIGHT), Index.of(0)), weight.start(first), 1));
    return kernel.loops(
        t -> new Broadcast(Bias.of(scope, first.plus(t))),
        Index.of(0),
        t -> scope.row(output, first.plus(t)),
        StoredValue.of(scope.operation()));
  }

  /** With a stride of 1 taps are places in the frame, else the columns are one after the other. */
  private TapOffsets terms() {
    int channels = input.shape().channels();
    Size kernel = conv.window().kernel();
    return isDirect()
        ? new TapOffsets(
            List.of(
                new TapOffsets.Axis("kernelRow", kernel.rows(), geometry.sourcePitch()),
                new TapOffsets.Axis("kernelColumn", kernel.columns(), 1),
                new TapOffsets.Axis("inChannel", channels, geometry.sourceLength())))
        : new TapOffsets(
            List.of(new TapOffsets.Axis("term", weight.terms(), geometry.columnLength())));
  }

  private Stmt columns(OperationScope scope) {
    int channels = input.shape().channels();
    Size kernel = conv.window().kernel();
    Stmt fill =
        loop(
            "kernelRow",
            kernel.rows(),
            kernelRow ->
                loop(
                    "kernelColumn",
                    kernel.columns(),
                    kernelColumn ->
                        loop(
                            "inChannel",
                            channels,
                            channel -> column(scope, kernelRow, kernelColumn, channel))));
    return geometry.copiesInput()
        ? Loops.block(
            List.of(
                ConvFrames.padInput(scope, conv, geometry, Planes.rows(scope.scratch(PADDED))),
                fill))
        : fill;
  }

  private Stmt column(OperationScope scope, Index kernelRow, Index kernelColumn, Index channel) {
    Index tap = kernelRow.times(conv.window().kernel().columns()).plus(kernelColumn);
    Index k = tap.times(input.shape().channels()).plus(channel);
    return ConvFrames.column(
        scope,
        conv,
        geometry,
        geometry.copiesInput() ? row(scope.scratch(PADDED), channel) : scope.row(input, channel),
        kernelRow.times(geometry.sourcePitch()).plus(kernelColumn),
        row(scope.scratch(COLUMNS), Index.of(0)),
        k.times(geometry.columnLength()));
  }
}
