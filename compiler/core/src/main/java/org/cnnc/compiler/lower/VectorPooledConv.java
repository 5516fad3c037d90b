package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Tiles;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A convolution, its activation and its max pool on vectors, a tile of output channels after the
 * other, so that only a tile of the convolution's value is ever in memory: lanes are windows of the
 * pool, and each place of a window has a sum of its own. The sums of {@link VectorConvForward}, the
 * maxima and places of {@link PoolLowering}.
 *
 * <pre>
 * for each row of places in a window:
 *   for lane in 0 .. windows:
 *     sum_t_c = bias of channel t                      (c: columns of places in a window)
 *     for term in (kernel row, kernel column, input channel):
 *       sum_t_c = fma(planes[lane + offset of term + what is between places], weight[term][t], sum_t_c)
 *     sums[t][place][lane] = sum_t_c
 * for i in 0 .. windows:
 *   out_t[i] = max over places of activation(sums[t][place][i])
 * </pre>
 *
 * All places at once would load less, but is more than sixteen registers hold: a row of them is as
 * much as the two vectors of {@link VectorConvForward}.
 */
final class VectorPooledConv implements PooledLowering {
  private static final String PLANES = "planes";
  private static final String OFFSETS = "offsets";
  private static final String SUMS = "sums";
  private static final String PACKED_WEIGHT = "packedWeight";

  private final Operation operation;
  private final PooledForward pooled;
  private final Conv2d conv;
  private final Size window;
  private final WindowPlanes planes;
  private final PackedWeight weight;
  private final int places;

  VectorPooledConv(ScheduledStep step, Operation operation) {
    this.operation = operation;
    this.pooled = (PooledForward) operation.computation();
    this.conv = pooled.convolution();
    this.window = pooled.windows().kernel();
    this.places = window.rows() * window.columns();
    this.planes = PooledConvWork.planes(pooled, operation.input(0).shape());
    int fanIn = conv.parameters(operation.input(0).shape()).get(0).fanIn();
    this.weight = new PackedWeight(conv.outChannels(), fanIn, step.choice(operation).sums());
  }

  private int inChannels() {
    return operation.input(0).shape().channels();
  }

  /** Terms of one kernel row. */
  private int termsOfRow() {
    return conv.window().kernel().columns() * inChannels();
  }

  @Override
  public List<Scratch> scratch() {
    int sums = Tiles.of(conv.outChannels(), weight.tile()).size() * places;
    return List.of(
        new Scratch(PACKED_WEIGHT, 1, weight.length(), Lifetime.PARAMETERS),
        new Scratch(OFFSETS, 1, planes.rowOffsets() * termsOfRow(), Lifetime.PARAMETERS),
        new Scratch(
            PLANES,
            1,
            Math.addExact(planes.length(), room() - planes.windows()),
            Lifetime.KEEPS_ZEROS),
        new Scratch(SUMS, sums, room(), Lifetime.OPERATION));
  }

  /** Floats of a row of sums, those that only the last vector has included. */
  private int room() {
    return ValueType.roundUpToLanes(planes.windows());
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor parameter = operation.input(1);
    scope.add(
        weight.pack(
            scope,
            scope.scratch(PACKED_WEIGHT),
            (channel, k) -> load(scope.parameterRow(parameter, channel), k)));
    scope.add(scope.rowsOfTask(1, task -> fillOffsets(scope)));
  }

  /**
   * Where the terms of each row behind a window's first one are read. The terms of a place further
   * down in the window begin further on in the same table.
   */
  private Stmt fillOffsets(OperationScope scope) {
    int columns = conv.window().kernel().columns();
    return loop(
        "kernelRow",
        planes.rowOffsets(),
        r ->
            loop(
                "kernelColumn",
                columns,
                c ->
                    loop(
                        "inChannel",
                        inChannels(),
                        channel -> {
                          Index term = r.times(columns).plus(c).times(inChannels()).plus(channel);
                          Expr offset = new IndexBits(planes.offset(r, c, channel));
                          return new Store(row(scope.scratch(OFFSETS), Index.of(0)), term, offset);
                        })));
  }

  @Override
  public int parts() {
    return weight.tiles();
  }

  @Override
  public void lower(OperationScope scope) {
    scope.add(
        scope.inFunction(
            PLANES,
            "The input as the windows of the pool see it, a plane for each column and row.",
            Index.of(0),
            (inner, none) ->
                inner.add(planes.fill(inner, operation.input(0), inner.scratch(PLANES)))));
    scope.add(
        scope.tilesOfPart(
            conv.outChannels(),
            weight.tile(),
            (first, size) ->
                new Block(List.of(sums(scope, first, size), pool(scope, first, size)))));
  }

  private Stmt sums(OperationScope scope, Index first, int size) {
    return scope.inFunction(
        "channels" + size,
        size + " output channels at all places of a window, windows in lanes.",
        first,
        (inner, channel) -> inner.add(new Tile(inner, channel, size).loops()));
  }

  private Stmt pool(OperationScope scope, Index first, int size) {
    return scope.inFunction(
        "pool" + size,
        "The largest element of each window of " + size + " output channels.",
        first,
        (inner, channel) ->
            inner.add(loop("sum", size, t -> poolChannel(inner, channel.plus(t), t))));
  }

  /** The largest elements of one channel, and where they are if that is asked for. */
  private Stmt poolChannel(OperationScope scope, Index channel, Index number) {
    List<Stmt> statements = new ArrayList<>();
    for (int p = 0; p < places; p++) {
      ArrayRef sums = row(scope.scratch(SUMS), number.times(places).plus(p));
      statements.add(new LetArray("tap" + p, sums));
    }
    statements.add(new LetArray("out", scope.row(operation.output(), channel)));
    if (pooled.places()) {
      statements.add(new LetArray("places", scope.row(PoolPlaces.of(scope), channel)));
    }
    statements.add(loop("i", room(), i -> poolWindow(scope, i)));
    return new Block(statements);
  }

  private Stmt poolWindow(OperationScope scope, Index i) {
    Locals locals = new Locals();
    List<Expr> elements = new ArrayList<>();
    for (int p = 0; p < places; p++) {
      elements.add(
          locals.let(
              "element" + p, load(new ArrayVar("tap" + p, scope.scratch(SUMS).length()), i)));
    }
    LargestActivated largest = LargestActivated.of(locals, pooled.activation(), elements);
    Tensor output = operation.output();
    locals.add(new Store(array(scope, "out", output), i, largest.best()));
    if (pooled.places()) {
      Expr place = largest.place(locals);
      locals.add(new Store(array(scope, "places", PoolPlaces.of(scope)), i, place));
    }
    return locals.finish();
  }

  private static ArrayVar array(OperationScope scope, String name, Tensor tensor) {
    return new ArrayVar(name, scope.plane(tensor).buffer().length());
  }

  /** Some output channels. */
  private final class Tile {
    private final OperationScope scope;
    private final Index first;
    private final int size;
    private final IndexVar lane = new IndexVar("lane", 0, planes.windows() - 1);

    Tile(OperationScope scope, Index first, int size) {
      this.scope = scope;
      this.first = first;
      this.size = size;
    }

    Stmt loops() {
      return loop("windowRow", window.rows(), this::placesOfRow);
    }

    private Stmt placesOfRow(Index windowRow) {
      List<Stmt> body = new ArrayList<>();
      for (int t = 0; t < size; t++) {
        for (int c = 0; c < window.columns(); c++) {
          body.add(new Let(sum(t, c).name(), new Broadcast(Bias.of(scope, first.plus(t)))));
        }
      }
      body.add(rounds(windowRow));
      for (int t = 0; t < size; t++) {
        for (int c = 0; c < window.columns(); c++) {
          Index place = windowRow.times(window.columns()).plus(t * places + c);
          body.add(new Store(row(scope.scratch(SUMS), place), lane, sum(t, c)));
        }
      }
      Index end = Index.of(planes.windows());
      return new For(lane, Index.of(0), end, For.Kind.VECTOR, new Block(body));
    }

    /** All terms; those that follow each other are in planes that lie one after the other. */
    private Stmt rounds(Index windowRow) {
      int axis = inChannels() > 1 ? inChannels() : conv.window().kernel().columns();
      int further = conv.window().stride().rows() * termsOfRow();
      int largest = planes.length() - planes.windows() - (window.columns() - 1) * placeStep();
      return TermsTogether.of(axis, window.columns(), size)
          .loops(
              weight.terms(),
              row(scope.scratch(OFFSETS), Index.of(0)),
              windowRow.times(further),
              planes.planeLength(),
              largest,
              this::round);
    }

    /** One term of all sums. */
    private Stmt round(Index offset, Index term) {
      List<Stmt> body = new ArrayList<>();
      for (int c = 0; c < window.columns(); c++) {
        Index at = lane.plus(offset).plus(c * placeStep());
        ArrayRef source = row(scope.scratch(PLANES), Index.of(0));
        body.add(new Let(in(c).name(), new Load(source, at, ValueType.VECTOR)));
      }
      for (int t = 0; t < size; t++) {
        Index at = weight.start(first).plus(term.times(size)).plus(t);
        Var factor = new Var("weight" + t, ValueType.VECTOR);
        Expr element = load(row(scope.scratch(PACKED_WEIGHT), Index.of(0)), at);
        body.add(new Let(factor.name(), new Broadcast(element)));
        for (int c = 0; c < window.columns(); c++) {
          body.add(new Assign(sum(t, c).name(), new Fma(in(c), factor, sum(t, c))));
        }
      }
      return new Block(body);
    }

    /** From what one place of a row of the window reads to what the next one reads. */
    private int placeStep() {
      return conv.window().stride().columns() * planes.columnLength();
    }

    private Var in(int column) {
      return new Var("in" + column, ValueType.VECTOR);
    }

    private Var sum(int channel, int column) {
      return new Var("sum" + (channel * window.columns() + column), ValueType.VECTOR);
    }
  }
}
