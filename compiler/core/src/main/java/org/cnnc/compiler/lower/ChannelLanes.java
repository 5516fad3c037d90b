package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Tiles;

/**
 * Sums with channels in the lanes: no lane is empty, however short the rows of pixels are.
 *
 * <pre>
 * sum[channel][y][x] = start[channel] + sum over taps, terms of
 *     input[tap][y][x][term] * weight[channel][tap][term]
 * </pre>
 *
 * Weights are vectors, pixels are single floats. Channels are cut into groups of some vectors of
 * the widest machine; the weights of a group and tap lie together and stay in the nearest cache
 * while all pixels take their turn. Sums wait in memory between the taps, a group after the other,
 * then are brought into planes.
 *
 * @param channels in the lanes
 * @param taps of the kernel, each with {@code terms} products
 * @param pixels whose sums are computed
 * @param choice pixels of a row at once, and vectors of a group
 */
record ChannelLanes(int channels, int taps, int terms, Size pixels, KernelChoice choice) {
  private static final String WEIGHTS = "channelWeights";
  private static final String SUMS = "channelSums";

  /** From so many terms on their places are kept in a table. */
  private static final int LONG_SUM = 512;

  /** Rows of a weight that are read side by side when it is packed. */
  private static final int ROWS_AT_ONCE = 8;

  /**
   * What is multiplied with the weights.
   *
   * @param termStride from one term to the next
   */
  record Input(Floats floats, int termStride) {
    /** Where the floats are. */
    interface Floats {
      /** Those of a tap's first term, for the pixels side by side from (y, x) on. */
      Scalars at(Index tap, Index y, Index x);
    }

    /**
     * Floats of one array, in which rows and columns of pixels have each a constant stride.
     *
     * @param place of a tap's first term at the first pixel
     */
    static Input inPlanes(
        ArrayRef array,
        Function<Index, Index> place,
        int rowStride,
        int columnStride,
        int termStride) {
      return new Input(
          (tap, y, x) ->
              Scalars.of(
                  array,
                  place.apply(tap).plus(y.times(rowStride)).plus(x.times(columnStride)),
                  columnStride),
          termStride);
    }
  }

  private int pixelCount() {
    return Math.multiplyExact(pixels.rows(), pixels.columns());
  }

  /** Channels of a group. */
  private int width() {
    return choice.vectors() * ValueType.MAX_LANES;
  }

  private int groups() {
    return (channels + width() - 1) / width();
  }

  /** Floats of the weights of a group and a tap. */
  private int piece() {
    return Math.multiplyExact(terms, width());
  }

  /** Each part computes some rows of pixels, or some groups of channels of the only pixel. */
  int parts() {
    return isOnePass() ? groups() : pixels.rows();
  }

  /** Whether each group of channels is done after one pass over one pixel. */
  private boolean isOnePass() {
    return pixelCount() == 1 && taps == 1;
  }

  /** Where the weights of a tap lie. */
  private TapOffsets places() {
    boolean table = taps == 1 && terms >= LONG_SUM;
    return new TapOffsets(List.of(new TapOffsets.Axis("term", terms, width())), table);
  }

  List<Scratch> scratch() {
    int weights = Math.multiplyExact(Math.multiplyExact(taps, groups()), piece());
    int sums = Math.multiplyExact(Math.multiplyExact(groups(), pixelCount()), width());
    List<Scratch> needs = new ArrayList<>(places().scratch());
    needs.add(new Scratch(WEIGHTS, 1, weights, Lifetime.PARAMETERS));
    needs.add(new Scratch(SUMS, 1, sums, Lifetime.OPERATION));
    return needs;
  }

  private static ArrayRef weights(OperationScope scope) {
    return row(scope.scratch(WEIGHTS), Index.of(0));
  }

  private static ArrayRef sums(OperationScope scope) {
    return row(scope.scratch(SUMS), Index.of(0));
  }

  /** Where the float of a channel, tap and term is kept. */
  private Index weightAt(Index channel, Index tap, Index term) {
    return tap.times(groups())
        .plus(channel.dividedBy(width()))
        .times(piece())
        .plus(term.times(width()))
        .plus(channel.remainder(width()));
  }

  private Index pixel(Index y, Index x) {
    return y.times(pixels.columns()).plus(x);
  }

  private Index sumAt(Index channel, Index pixel) {
    return channel
        .dividedBy(width())
        .times(pixelCount())
        .plus(pixel)
        .times(width())
        .plus(channel.remainder(width()));
  }

  /** Packs a weight with a row for each channel, in the order (tap, term). */
  void packRows(OperationScope scope, Function<Index, ArrayRef> rowOf, int rowLength) {
    places().prepare(scope);
    int whole = channels / ROWS_AT_ONCE;
    int rest = channels % ROWS_AT_ONCE;
    if (whole > 0) {
      scope.add(
          scope.rowsOfTask(
              whole, t -> packRows(scope, t.times(ROWS_AT_ONCE), ROWS_AT_ONCE, rowOf, rowLength)));
    }
    if (rest > 0) {
      Index first = Index.of(whole * ROWS_AT_ONCE);
      scope.add(scope.rowsOfTask(1, t -> packRows(scope, first, rest, rowOf, rowLength)));
    }
  }

  private Stmt packRows(
      OperationScope scope, Index first, int size, Function<Index, ArrayRef> rowOf, int rowLength) {
    List<Stmt> statements = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      statements.add(new LetArray("row" + t, rowOf.apply(first.plus(t))));
    }
    statements.add(
        loop(
            "tap",
            taps,
            tap ->
                loop(
                    "term",
                    terms,
                    term -> {
                      List<Stmt> stores = new ArrayList<>();
                      for (int t = 0; t < size; t++) {
                        ArrayVar source = new ArrayVar("row" + t, rowLength);
                        Expr value = load(source, tap.times(terms).plus(term));
                        stores.add(
                            new Store(weights(scope), weightAt(first.plus(t), tap, term), value));
                      }
                      return new Block(stores);
                    })));
    return new Block(statements);
  }

  /** Packs a weight with a row for each term, in the order (tap, channel). */
  void packColumns(OperationScope scope, Function<Index, ArrayRef> rowOf, int rowLength) {
    places().prepare(scope);
    scope.add(
        scope.rowsOfTask(
            terms,
            term ->
                new Block(
                    List.of(
                        new LetArray("source", rowOf.apply(term)),
                        loop(
                            "tap",
                            taps,
                            tap ->
                                loop(
                                    "channel",
                                    channels,
                                    channel ->
                                        new Store(
                                            weights(scope),
                                            weightAt(channel, tap, term),
                                            load(
                                                new ArrayVar("source", rowLength),
                                                tap.times(channels).plus(channel)))))))));
  }

  /**
   * The sums of all channels and pixels.
   *
   * @param start of a channel's sums
   * @param input as the function at hand sees it
   */
  void sum(
      OperationScope scope, Function<Index, Expr> start, Function<OperationScope, Input> input) {
    scope.add(begin(scope, start));
    Tiles tiles = Tiles.of(pixels.columns(), choice.sums());
    int size = tiles.size();
    Function<Index, Stmt> pass =
        p -> {
          List<Stmt> calls = new ArrayList<>();
          if (tiles.largeTiles() > 0) {
            calls.add(columns(scope, p, 0, tiles.largeTiles(), size, input));
          }
          if (tiles.smallTiles() > 0) {
            int first = tiles.largeTiles() * size;
            calls.add(columns(scope, p, first, tiles.smallTiles(), size - 1, input));
          }
          return Loops.block(calls);
        };
    scope.add(
        isOnePass()
            ? scope.loopOfPart("pass", groups(), pass)
            : loop("pass", taps * groups(), pass));
  }

  private Stmt begin(OperationScope scope, Function<Index, Expr> start) {
    ArrayVar sums = new ArrayVar("sums", scope.scratch(SUMS).length());
    return new Block(
        List.of(
            new LetArray("sums", sums(scope)),
            rowsOfPart(
                scope,
                y ->
                    loop(
                        "x",
                        pixels.columns(),
                        x ->
                            loop(
                                "channel",
                                channels,
                                channel ->
                                    new Store(
                                        sums,
                                        sumAt(channel, pixel(y, x)),
                                        start.apply(channel)))))));
  }

  /** One group of channels and one tap: some pixels of each row, tiles of one size. */
  private Stmt columns(
      OperationScope scope,
      Index pass,
      int firstColumn,
      int tiles,
      int size,
      Function<OperationScope, Input> input) {
    return scope.inFunction(
        "pixels" + size,
        size + (size == 1 ? " pixel" : " pixels") + " at once, channels in lanes.",
        pass,
        (inner, p) ->
            inner.add(
                rowsOfPart(
                    inner,
                    y ->
                        loop(
                            "tile",
                            tiles,
                            tile ->
                                tile(
                                    inner,
                                    p,
                                    y,
                                    tile.times(size).plus(firstColumn),
                                    size,
                                    input.apply(inner))))));
  }

  private Stmt tile(OperationScope scope, Index pass, Index y, Index x, int size, Input input) {
    Index tap = pass.dividedBy(groups());
    Index group = pass.remainder(groups());
    VectorTile tile =
        new VectorTile(
            size,
            new RowPieces(choice.vectors(), ValueType.MAX_LANES),
            places().rounds(scope, input.termStride()),
            weights(scope),
            pass.times(piece()),
            input.floats().at(tap, y, x));
    return tile.loopsAdding(
        group.times(pixelCount()).plus(pixel(y, x)).times(width()),
        new VectorTile.Place() {
          @Override
          public ArrayRef array(int sum) {
            return sums(scope);
          }

          @Override
          public int offset(int sum) {
            return sum * width();
          }
        });
  }

  /**
   * Brings the sums into planes.
   *
   * @param plane of a channel
   * @param pitch of its rows
   */
  void collect(
      OperationScope scope, Function<Index, ArrayRef> plane, int pitch, StoredValue stored) {
    scope.add(
        channelsOfPart(
            scope,
            channel ->
                rowsOfPart(
                    scope,
                    y ->
                        loop(
                            "x",
                            pixels.columns(),
                            x -> {
                              Locals locals = new Locals();
                              Expr sum = load(sums(scope), sumAt(channel, pixel(y, x)));
                              Expr value = stored.of(locals, locals.let("value", sum));
                              Index place = y.times(pitch).plus(x);
                              return locals.finish(new Store(plane.apply(channel), place, value));
                            }))));
  }

  /** Copies the sums of a single pixel, which lie in the order of the channels. */
  void collectVector(OperationScope scope, ArrayRef vector) {
    scope.add(channelsOfPart(scope, c -> new Store(vector, c, load(sums(scope), c))));
  }

  /** Copies the sums of each pixel of a row into a vector of its own. */
  void collectVectors(OperationScope scope, Function<Index, ArrayRef> vectorOfPixel) {
    int whole = channels / width();
    int rest = channels % width();
    if (whole > 0) {
      scope.add(loop("group", whole, group -> copyGroup(scope, group, width(), vectorOfPixel)));
    }
    if (rest > 0) {
      scope.add(copyGroup(scope, Index.of(whole), rest, vectorOfPixel));
    }
  }

  private Stmt copyGroup(
      OperationScope scope, Index group, int length, Function<Index, ArrayRef> vectorOfPixel) {
    return loop(
        "x",
        pixels.columns(),
        x ->
            new Copy(
                sums(scope),
                group.times(pixelCount()).plus(x).times(width()),
                vectorOfPixel.apply(x),
                group.times(width()),
                length));
  }

  private Stmt channelsOfPart(OperationScope scope, Function<Index, Stmt> body) {
    if (!isOnePass()) {
      return loop("channel", channels, body);
    }
    return scope.loopOfPart(
        "group",
        groups(),
        group ->
            loop(
                new IndexVar("channel", 0, channels - 1),
                group.times(width()),
                group.plus(1).times(width()).minimum(Index.of(channels)),
                body));
  }

  private Stmt rowsOfPart(OperationScope scope, Function<Index, Stmt> body) {
    int rows = pixels.rows();
    return isOnePass() ? loop("y", rows, body) : scope.loopOfPart("y", rows, body);
  }
}
