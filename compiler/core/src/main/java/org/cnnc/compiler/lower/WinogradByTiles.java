package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.lower.Kernels.Sums;
import org.cnnc.compiler.lower.WinogradWeight.Order;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Tensor;

/**
 * A {@link WinogradConvolution} whose rows are tiles, a channel after the other, for loops that C2
 * has to vectorise by itself: they are long, and read arrays at one index.
 *
 * <p>Tiles are two pixels apart. So that what tiles see lies side by side, the frame of a channel
 * is kept as four planes ({@link WinogradPhases}).
 */
record WinogradByTiles(WinogradGeometry geometry, boolean turned, KernelChoice choice)
    implements WinogradConvolution {
  private static final int SEEN = WinogradGeometry.SEEN;
  private static final int TILE = WinogradGeometry.TILE;
  private static final int PLACES = WinogradGeometry.PLACES;

  private static final String FRAME = "frame";

  /** The transformed weight, as {@link WinogradWeight} says. */
  private static final String WEIGHT = "transformedWeight";

  /** For each place and channel of the source, a row with the factors of a strip's tiles. */
  private static final String FACTORS = "factors";

  /** For each place and channel of the target, a row with the sums of a strip's tiles. */
  private static final String SUMS = "sums";

  /** For each of a tile's pixels, a row with those of a strip's tiles. */
  private static final String PIXELS = "pixels";

  @Override
  public List<Scratch> scratch() {
    int length = geometry.rowOfStrip();
    return List.of(
        new Scratch(WEIGHT, weight().rows(), weight().length(), Lifetime.PARAMETERS),
        new Scratch(
            FRAME,
            Math.multiplyExact(WinogradPhases.COUNT, geometry.source().channels()),
            WinogradPhases.length(geometry),
            Lifetime.KEEPS_ZEROS),
        new Scratch(
            FACTORS,
            Math.multiplyExact(PLACES, geometry.source().channels()),
            length,
            Lifetime.OPERATION),
        new Scratch(
            SUMS,
            Math.multiplyExact(PLACES, geometry.target().channels()),
            length,
            Lifetime.OPERATION),
        new Scratch(PIXELS, TILE * TILE, length, Lifetime.OPERATION));
  }

  private WinogradWeight weight() {
    return WinogradWeight.inRows(geometry, turned, Order.TARGET_ROWS);
  }

  @Override
  public void prepare(OperationScope scope) {
    scope.add(weight().prepare(scope, scope.scratch(WEIGHT)));
  }

  @Override
  public void lower(OperationScope scope, Optional<ArrayRef> bias) {
    scope.add(
        scope.inFunction(
            "frame",
            "Puts the source between zeros, pixels of odd and even rows and columns apart.",
            Index.of(0),
            (inner, unused) ->
                inner.add(new WinogradPhases(geometry, inner.scratch(FRAME)).fill(inner))));
    scope.add(
        scope.loopOfPart(
            "strip",
            geometry.longStrips(),
            strip ->
                new Block(
                    List.of(seen(scope, strip), products(scope), results(scope, strip, bias)))));
  }

  private Stmt seen(OperationScope scope, Index strip) {
    int channels = geometry.source().channels();
    return loop(
        "channel",
        channels,
        channel ->
            scope.inFunction(
                "seen",
                "Transforms what the tiles of a strip see of a channel.",
                strip.times(channels).plus(channel),
                (inner, number) ->
                    inner.add(
                        transformSeen(
                            inner, number.dividedBy(channels), number.remainder(channels)))));
  }

  private Stmt transformSeen(OperationScope scope, Index strip, Index channel) {
    WinogradPhases phases = new WinogradPhases(geometry, scope.scratch(FRAME));
    Index first = strip.times(geometry.rowOfStrip());
    return loop(
        "tile",
        geometry.rowOfStrip(),
        tile ->
            WinogradTransform.SEEN.body(
                SEEN,
                (r, c) -> phases.seen(channel, first.plus(tile), r, c),
                (place, value) ->
                    new Store(factors(scope, Index.of(place), channel), tile, value)));
  }

  private ArrayRef factors(OperationScope scope, Index place, Index channel) {
    return row(scope.scratch(FACTORS), place.times(geometry.source().channels()).plus(channel));
  }

  private ArrayRef sums(OperationScope scope, Index place, Index channel) {
    return row(scope.scratch(SUMS), place.times(geometry.target().channels()).plus(channel));
  }

  private Stmt products(OperationScope scope) {
    return loop(
        "place",
        PLACES,
        place ->
            new Block(
                List.of(
                    loop(
                        "sum",
                        geometry.target().channels(),
                        to ->
                            new Fill(sums(scope, place, to), 0, geometry.rowOfStrip(), Loops.ZERO)),
                    tiles(
                        geometry.source().channels(),
                        choice.sums(),
                        (first, size) -> addFactors(scope, place, first, size)))));
  }

  /** Adds the factors of {@code size} channels to all sums of a place. */
  private Stmt addFactors(OperationScope scope, Index place, Index first, int size) {
    return tiles(
        "sum",
        geometry.target().channels(),
        choice.vectors(),
        (sum, count) ->
            scope
                .kernels()
                .accumulateTile(
                    new Sums(sum, count, to -> sums(scope, place, to)),
                    first,
                    size,
                    from -> factors(scope, place, from),
                    (to, from) -> load(weight().rowOf(scope.scratch(WEIGHT), place, to), from),
                    geometry.rowOfStrip()));
  }

  private Stmt results(OperationScope scope, Index strip, Optional<ArrayRef> bias) {
    int channels = geometry.target().channels();
    return loop(
        "channel",
        channels,
        channel ->
            new Block(
                List.of(
                    scope.inFunction(
                        "pixels",
                        "Transforms the sums of a channel to pixels.",
                        channel,
                        (inner, to) -> inner.add(transformSums(inner, to, bias))),
                    scope.inFunction(
                        "rows",
                        "Copies the pixels of a strip to their plane.",
                        strip.times(channels).plus(channel),
                        (inner, number) ->
                            inner.add(
                                copyPixels(
                                    inner,
                                    number.dividedBy(channels),
                                    number.remainder(channels)))))));
  }

  private Stmt transformSums(OperationScope scope, Index channel, Optional<ArrayRef> bias) {
    StoredValue stored = StoredValue.of(scope.operation());
    return loop(
        "tile",
        geometry.rowOfStrip(),
        tile ->
            WinogradTransform.pixels(
                (r, c) -> load(sums(scope, Index.of(r * SEEN + c), channel), tile),
                bias.map(array -> load(array, channel)),
                stored,
                (pixel, value) ->
                    new Store(row(scope.scratch(PIXELS), Index.of(pixel)), tile, value)));
  }

  /** Copies what is inside of the target, one of a tile's pixels after the other. */
  private Stmt copyPixels(OperationScope scope, Index strip, Index channel) {
    List<Stmt> copies = new ArrayList<>();
    for (int pixel = 0; pixel < TILE * TILE; pixel++) {
      int rows = (geometry.target().height() + 1 - pixel / TILE) / TILE;
      int columns = (geometry.target().width() + 1 - pixel % TILE) / TILE;
      if (rows > 0 && columns > 0) {
        copies.add(copyPixels(scope, strip, channel, pixel, rows, columns));
      }
    }
    return Loops.block(copies);
  }

  private Stmt copyPixels(
      OperationScope scope, Index strip, Index channel, int pixel, int rows, int columns) {
    Tensor target = scope.operation().output();
    int pitch = scope.step().pitch(target);
    int stripRows = geometry.longStripRows();
    Index first = strip.times(stripRows);
    return loop(
        new IndexVar("tileRow", 0, rows - 1),
        first,
        first.plus(stripRows).minimum(Index.of(rows)),
        tileRow ->
            loop(
                "tileColumn",
                columns,
                tileColumn ->
                    new Store(
                        scope.row(target, channel),
                        tileRow
                            .times(TILE * pitch)
                            .plus(tileColumn.times(TILE))
                            .plus(pixel / TILE * pitch + pixel % TILE),
                        load(
                            row(scope.scratch(PIXELS), Index.of(pixel)),
                            tileRow
                                .remainder(stripRows)
                                .times(geometry.tilePitch())
                                .plus(tileColumn)))));
  }
}
