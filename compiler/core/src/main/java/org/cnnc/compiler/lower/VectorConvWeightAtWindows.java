package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Tiles;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradient of a convolution's weight on vectors, where the gradient of its value is one element
 * a window: each output channel visits only those places. Lanes are (kernel column, input channel)
 * of one kernel row, contiguous where channels are innermost; sums are the kernel rows of as many
 * output channels as registers hold. Where the input channels fill vectors, they alone are the
 * lanes, and sums are all taps of some kernel rows, so that a place is read once for all of them.
 */
final class VectorConvWeightAtWindows implements VectorConvPass {
  private static final String CHANNELS_LAST = "channelsLast";

  /** How far each place of a window is from its first one, in the copy of the input. */
  private static final String PLACES = "placeOffsets";

  /** Of each channel of a tile, where its elements belong in the copy of the input. */
  private static final String OFFSETS = "windowOffsets";

  /**
   * Each channel reads places of its own: with more, the kernel would be too large to be compiled.
   */
  private static final int MOST_CHANNELS = 5;

  private final Conv2d conv;
  private final TensorShape input;
  private final WindowGradient gradient;
  private final Lanes lanes;
  private final int rowsOfTile;
  private final int channelsOfTile;

  /**
   * What the vectors of a kernel row are, in the copy of the input and in the gradient.
   *
   * @param channels innermost in a plane of the copy
   * @param planes of the copy, one after the other
   * @param extent floats of a vector loop
   * @param vectors of a kernel row, side by side
   * @param inputPitch from one of them to the next in the copy
   * @param gradientPitch the same in the gradient
   */
  private record Lanes(
      int channels, int planes, int extent, int vectors, int inputPitch, int gradientPitch) {
    static Lanes of(Conv2d conv, TensorShape input, KernelChoice choice) {
      int columns = conv.window().kernel().columns();
      if (ConvWork.fillsVectorsAtWindows(conv, input)) {
        int width = ValueType.MAX_LANES;
        return new Lanes(width, input.channels() / width, width, columns, width, input.channels());
      }
      RowPieces pieces = RowPieces.of(columns * input.channels(), choice.vectors());
      return new Lanes(
          input.channels(), 1, pieces.pitch(), pieces.count(), pieces.pitch(), pieces.pitch());
    }

    /** Floats that may be read after the last one that counts. */
    int room() {
      return planes > 1 ? 0 : vectors * ValueType.roundUpToLanes(extent);
    }
  }

  VectorConvWeightAtWindows(Conv2d conv, ScheduledStep step, Operation operation) {
    this.conv = conv;
    this.input = operation.input(1).shape();
    this.gradient = WindowGradient.of(operation).orElseThrow();
    KernelChoice choice = step.choice(operation);
    this.lanes = Lanes.of(conv, input, choice);
    int rows = conv.window().kernel().rows();
    if (ConvWork.fillsVectorsAtWindows(conv, input)) {
      this.rowsOfTile = Tiles.of(rows, Math.max(1, choice.sums() / lanes.vectors())).size();
      this.channelsOfTile = 1;
    } else {
      this.rowsOfTile = Tiles.of(rows, choice.sums()).size();
      this.channelsOfTile = Math.max(1, Math.min(MOST_CHANNELS, choice.sums() / rowsOfTile));
    }
  }

  @Override
  public List<Scratch> scratch() {
    int length = Math.multiplyExact(lanes.planes(), planeLength()) + lanes.room();
    return List.of(
        new Scratch(CHANNELS_LAST, 1, length, Lifetime.KEEPS_ZEROS),
        new Scratch(PLACES, 1, gradient.taps(), Lifetime.OPERATION),
        new Scratch(OFFSETS, channelsOfTile, gradient.windows(), Lifetime.OPERATION));
  }

  private int planeLength() {
    Padding padding = conv.window().padding();
    return Math.multiplyExact(input.height() + padding.top() + padding.bottom(), rowLength());
  }

  private int rowLength() {
    return Math.multiplyExact(ConvFrames.paddedWidth(conv, input), lanes.channels());
  }

  private int rowStride() {
    return conv.window().stride().rows() * rowLength();
  }

  private int columnStride() {
    return conv.window().stride().columns() * lanes.channels();
  }

  @Override
  public int parts() {
    return (conv.outChannels() + channelsOfTile - 1) / channelsOfTile;
  }

  @Override
  public void lower(OperationScope scope) {
    if (conv.bias()) {
      Tensor biasGradient = scope.operation().outputs().get(1);
      scope.add(BiasGradient.ofChannels(scope, gradient.elements(), biasGradient));
    }
    Buffer copy = scope.scratch(CHANNELS_LAST);
    scope.add(ConvFrames.channelsLast(scope, conv, copy, lanes.channels()));
    scope.add(
        loop(
            "place",
            gradient.taps(),
            place ->
                new Store(
                    row(scope.scratch(PLACES), Index.of(0)),
                    place,
                    new IndexBits(pixel(Index.of(0), Index.of(0), place)))));
    scope.add(
        scope.tilesOfPart(
            conv.outChannels(),
            channelsOfTile,
            (first, size) ->
                scope.inFunction(
                    "channels" + size,
                    size + " output channels at the windows' places.",
                    first,
                    (inner, channel) -> {
                      inner.add(offsets(inner, channel, size));
                      inner.add(kernelRows(inner, channel, size));
                    })));
  }

  /**
   * Finds where elements belong once for all lanes and kernel rows: what it takes to find one place
   * is more than the multiply-adds of a vector there.
   */
  private Stmt offsets(OperationScope scope, Index first, int channels) {
    return loop(
        "channel",
        channels,
        c ->
            eachWindow(
                (y, x) -> {
                  Index at = y.times(gradient.shape().width()).plus(x);
                  IndexVar place = gradient.place("place");
                  Index last = pixel(Index.of(0), Index.of(0), Index.of(gradient.taps() - 1));
                  IndexVar inWindow = new IndexVar("inWindow", 0, last.max());
                  Index pixel = pixel(y, x, Index.of(0)).plus(inWindow);
                  return new Block(
                      List.of(
                          gradient.readPlace(scope, place.name(), first.plus(c), y, x),
                          new LetIndex(inWindow, row(scope.scratch(PLACES), Index.of(0)), place),
                          new Store(row(scope.scratch(OFFSETS), c), at, new IndexBits(pixel))));
                }));
  }

  private Index pixel(Index y, Index x, Index place) {
    return gradient.pixel(y, x, place, rowStride(), columnStride());
  }

  private Stmt eachWindow(BiFunction<Index, Index, Stmt> body) {
    return loop(
        "y",
        gradient.shape().height(),
        y -> loop("x", gradient.shape().width(), x -> body.apply(y, x)));
  }

  private Stmt kernelRows(OperationScope scope, Index first, int channels) {
    return loop(
        "plane",
        lanes.planes(),
        plane ->
            tiles(
                conv.window().kernel().rows(),
                rowsOfTile,
                (firstRow, rows) ->
                    new Tile(scope, first, channels, plane, firstRow, rows).loops()));
  }

  /** Some kernel rows of some output channels. */
  private final class Tile {
    private final OperationScope scope;
    private final Index firstChannel;
    private final int channels;
    private final Index plane;
    private final Index firstRow;
    private final int rows;
    private final int piecePitch;

    Tile(
        OperationScope scope,
        Index firstChannel,
        int channels,
        Index plane,
        Index firstRow,
        int rows) {
      this.scope = scope;
      this.firstChannel = firstChannel;
      this.channels = channels;
      this.plane = plane;
      this.firstRow = firstRow;
      this.rows = rows;
      int kernelRow = conv.window().kernel().columns() * input.channels();
      this.piecePitch = scope.piecePitch(scope.operation().output(), kernelRow);
    }

    private interface SumBody {
      Stmt of(int channel, int kernelRow, int vector, Var sum);
    }

    private List<Stmt> eachSum(SumBody body) {
      List<Stmt> statements = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        for (int r = 0; r < rows; r++) {
          for (int p = 0; p < lanes.vectors(); p++) {
            String name = "sum" + ((c * rows + r) * lanes.vectors() + p);
            statements.add(body.of(c, r, p, new Var(name, ValueType.VECTOR)));
          }
        }
      }
      return statements;
    }

    Stmt loops() {
      IndexVar lane = new IndexVar("lane", 0, lanes.extent() - 1);
      List<Stmt> body = new ArrayList<>();
      body.addAll(
          eachSum(
              (c, r, p, sum) ->
                  new Let(sum.name(), new Load(target(c), place(lane, r, p), ValueType.VECTOR))));
      body.add(rounds(lane));
      body.addAll(eachSum((c, r, p, sum) -> new Store(target(c), place(lane, r, p), sum)));
      return new For(lane, Index.of(0), Index.of(lanes.extent()), For.Kind.VECTOR, new Block(body));
    }

    private ArrayRef target(int channel) {
      return scope.blockGradientRow(scope.operation().output(), firstChannel.plus(channel));
    }

    private Index place(Index lane, int kernelRow, int vector) {
      return firstRow
          .times(piecePitch)
          .plus(plane.times(lanes.channels()))
          .plus(lane)
          .plus(kernelRow * piecePitch + vector * lanes.gradientPitch());
    }

    /** Over all windows; one loop where elements lie as close as their offsets. */
    private Stmt rounds(Index lane) {
      int pitch = scope.step().pitch(gradient.elements());
      int width = gradient.shape().width();
      return pitch == width
          ? loop("window", gradient.windows(), window -> round(lane, window, window))
          : eachWindow((y, x) -> round(lane, y.times(width).plus(x), y.times(pitch).plus(x)));
    }

    private Stmt round(Index lane, Index window, Index element) {
      ArrayRef image = row(scope.scratch(CHANNELS_LAST), Index.of(0));
      List<Stmt> statements = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        ArrayRef offsets = row(scope.scratch(OFFSETS), Index.of(c));
        statements.add(new LetIndex(offset(c), offsets, window));
        ArrayRef elements = scope.row(gradient.elements(), firstChannel.plus(c));
        statements.add(new Let(weight(c).name(), new Broadcast(load(elements, element))));
      }
      statements.addAll(
          eachSum(
              (c, r, p, sum) -> {
                Index at =
                    offset(c)
                        .plus(plane.times(planeLength()))
                        .plus(firstRow.times(rowLength()))
                        .plus(lane)
                        .plus(r * rowLength() + p * lanes.inputPitch());
                Load vector = new Load(image, at, ValueType.VECTOR);
                // With the vector second, C2 multiplies in memory: an instruction less.
                return new Assign(sum.name(), new Fma(weight(c), vector, sum));
              }));
      return new Block(statements);
    }

    private IndexVar offset(int channel) {
      Index lastRow = Index.of(gradient.shape().height() - 1);
      Index lastColumn = Index.of(gradient.shape().width() - 1);
      Index lastPlace = Index.of(gradient.taps() - 1);
      Index largest = pixel(lastRow, lastColumn, lastPlace);
      return new IndexVar("offset" + channel, 0, largest.max());
    }

    private Var weight(int channel) {
      return new Var("weight" + channel, ValueType.VECTOR);
    }
  }
}
