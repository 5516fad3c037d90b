package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
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
 * output channels as registers hold.
 */
final class VectorConvWeightAtWindows {
  private static final String CHANNELS_LAST = "channelsLast";

  /**
   * Each channel reads places of its own: with more, the kernel would be too large to be compiled.
   */
  private static final int MOST_CHANNELS = 5;

  private final Conv2d conv;
  private final TensorShape input;
  private final WindowGradient gradient;
  private final int rowLength;
  private final int lanes;
  private final int rowsOfTile;
  private final int channelsOfTile;

  VectorConvWeightAtWindows(Conv2d conv, ScheduledStep step, Operation operation) {
    this.conv = conv;
    this.input = operation.input(1).shape();
    this.gradient = WindowGradient.of(operation).orElseThrow();
    this.rowLength = ConvFrames.paddedWidth(conv, input) * input.channels();
    this.lanes = conv.window().kernel().columns() * input.channels();
    int sums = step.choice(operation).sums();
    this.rowsOfTile = Tiles.of(conv.window().kernel().rows(), sums).size();
    this.channelsOfTile = Math.max(1, Math.min(MOST_CHANNELS, sums / rowsOfTile));
  }

  List<Scratch> scratch() {
    Padding padding = conv.window().padding();
    int rows = input.height() + padding.top() + padding.bottom();
    int length = Math.multiplyExact(rows, rowLength) + ValueType.MAX_LANES - 1;
    return List.of(new Scratch(CHANNELS_LAST, 1, length, Lifetime.KEEPS_ZEROS));
  }

  private int rowStride() {
    return conv.window().stride().rows() * rowLength;
  }

  private int columnStride() {
    return conv.window().stride().columns() * input.channels();
  }

  void lower(OperationScope scope) {
    if (conv.bias()) {
      Tensor biasGradient = scope.operation().outputs().get(1);
      scope.add(BiasGradient.ofChannels(scope, gradient.elements(), biasGradient));
    }
    scope.add(ConvFrames.channelsLast(scope, conv, scope.scratch(CHANNELS_LAST)));
    scope.add(
        tiles(
            conv.outChannels(),
            channelsOfTile,
            (first, size) ->
                scope.inFunction(
                    "channels" + size,
                    size + " output channels, a kernel row in lanes, at the windows' places.",
                    first,
                    (inner, channel) -> inner.add(kernelRows(inner, channel, size)))));
  }

  private Stmt kernelRows(OperationScope scope, Index first, int channels) {
    return tiles(
        conv.window().kernel().rows(),
        rowsOfTile,
        (firstRow, rows) -> new Tile(scope, first, channels, firstRow, rows).loops());
  }

  /** Some kernel rows of some output channels. */
  private final class Tile {
    private final OperationScope scope;
    private final Index firstChannel;
    private final int channels;
    private final Index firstRow;
    private final int rows;
    private final int piecePitch;

    Tile(OperationScope scope, Index firstChannel, int channels, Index firstRow, int rows) {
      this.scope = scope;
      this.firstChannel = firstChannel;
      this.channels = channels;
      this.firstRow = firstRow;
      this.rows = rows;
      this.piecePitch = scope.piecePitch(scope.operation().output(), lanes);
    }

    private interface SumBody {
      Stmt of(int channel, int kernelRow, Var sum);
    }

    private List<Stmt> eachSum(SumBody body) {
      List<Stmt> statements = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        for (int r = 0; r < rows; r++) {
          statements.add(body.of(c, r, new Var("sum" + (c * rows + r), ValueType.VECTOR)));
        }
      }
      return statements;
    }

    Stmt loops() {
      IndexVar lane = new IndexVar("lane", 0, lanes - 1);
      List<Stmt> body = new ArrayList<>();
      body.addAll(
          eachSum(
              (c, r, sum) ->
                  new Let(sum.name(), new Load(target(c), place(lane, r), ValueType.VECTOR))));
      body.add(
          loop(
              "y",
              gradient.shape().height(),
              y -> loop("x", gradient.shape().width(), x -> round(lane, y, x))));
      body.addAll(eachSum((c, r, sum) -> new Store(target(c), place(lane, r), sum)));
      return new For(lane, Index.of(0), Index.of(lanes), For.Kind.VECTOR, new Block(body));
    }

    private ArrayRef target(int channel) {
      return scope.blockGradientRow(scope.operation().output(), firstChannel.plus(channel));
    }

    private Index place(Index lane, int kernelRow) {
      return firstRow.times(piecePitch).plus(lane).plus(kernelRow * piecePitch);
    }

    private Stmt round(Index lane, Index y, Index x) {
      ArrayRef image = row(scope.scratch(CHANNELS_LAST), Index.of(0));
      List<Stmt> statements = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        Index channel = firstChannel.plus(c);
        statements.add(gradient.readPlace(scope, "place" + c, channel, y, x));
        Expr element = gradient.element(scope, channel, y, x);
        statements.add(new Let(weight(c).name(), new Broadcast(element)));
      }
      statements.addAll(
          eachSum(
              (c, r, sum) -> {
                Index pixel =
                    gradient.pixel(y, x, gradient.place("place" + c), rowStride(), columnStride());
                Index at = pixel.plus(firstRow.times(rowLength)).plus(lane).plus(r * rowLength);
                Load vector = new Load(image, at, ValueType.VECTOR);
                return new Assign(sum.name(), new Fma(vector, weight(c), sum));
              }));
      return new Block(statements);
    }

    private Var weight(int channel) {
      return new Var("weight" + channel, ValueType.VECTOR);
    }
  }
}
