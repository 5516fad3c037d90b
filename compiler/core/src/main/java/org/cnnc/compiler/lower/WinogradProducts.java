package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.List;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.lower.Kernels.Sums;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.lower.WinogradWeight.Order;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.RowPieces;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.schedule.WinogradGeometry;

/**
 * The products of {@link WinogradByChannels}, for the tiles of a strip: the channels of the target
 * are the lanes, or rows.
 */
record WinogradProducts(
    WinogradGeometry geometry, boolean turned, Target target, KernelChoice choice) {
  /** The transformed weight, as {@link WinogradWeight} says. */
  static final String WEIGHT = "transformedWeight";

  /** For each tile of a strip, and each of its places, the factors of all channels. */
  static final String FACTORS = "factors";

  /** For each tile of a strip, and each of its places, a row with the sums of all channels. */
  static final String SUMS = "sums";

  WinogradWeight weight() {
    return target == Target.PLAIN
        ? WinogradWeight.inRows(geometry, turned, Order.SOURCE_ROWS)
        : WinogradWeight.inPanels(geometry, turned, panel().room());
  }

  /** What a kernel computes at once: as many channels as the widest vectors of a sum hold. */
  private RowPieces panel() {
    int lanes = ValueType.roundUpToLanes(geometry.target().channels());
    return RowPieces.of(Math.min(lanes, choice.vectors() * ValueType.MAX_LANES), choice.vectors());
  }

  /** The loops, which write all sums. */
  Stmt of(OperationScope scope) {
    return loop(
        "place",
        WinogradGeometry.PLACES,
        place ->
            target == Target.VECTOR ? sumsInRegisters(scope, place) : sumsInRows(scope, place));
  }

  private Stmt sumsInRegisters(OperationScope scope, Index place) {
    return tiles(
        geometry.stripTiles(),
        choice.sums(),
        (first, size) ->
            scope.inFunction(
                "products" + size,
                size + " tiles, output channels in lanes.",
                first.times(WinogradGeometry.PLACES).plus(place),
                (inner, sum) -> inner.add(tile(inner, sum, size))));
  }

  /** The sums of {@code size} tiles at one place, from {@code sum} on, counted over all places. */
  private Stmt tile(OperationScope scope, Index sum, int size) {
    int from = geometry.source().channels();
    int places = WinogradGeometry.PLACES;
    WinogradWeight weight = weight();
    return loop(
        "panel",
        weight.panels(),
        panel -> {
          VectorTile kernel =
              new VectorTile(
                  size,
                  panel(),
                  term -> loop("term", from, s -> term.at(s.times(weight.panel()), s)),
                  WinogradWeight.panelsOf(scope.scratch(WEIGHT), sum.remainder(places)),
                  weight.start(panel),
                  Scalars.of(
                      row(scope.scratch(FACTORS), Index.of(0)), sum.times(from), places * from));
          return kernel.loops(
              t -> new Broadcast(Loops.ZERO),
              panel.times(weight.panel()),
              t -> row(scope.scratch(SUMS), sum.plus(t * places)));
        });
  }

  private Stmt sumsInRows(OperationScope scope, Index place) {
    int from = geometry.source().channels();
    int to = geometry.target().channels();
    WinogradTiles strip = new WinogradTiles(geometry);
    Stmt clear =
        loop(
            "tile",
            geometry.stripTiles(),
            tile -> new Fill(strip.sum(scope.scratch(SUMS), place, tile), 0, to, Loops.ZERO));
    Stmt sum =
        tiles(
            from,
            choice.sums(),
            (first, size) ->
                tiles(
                    "sum",
                    geometry.stripTiles(),
                    choice.vectors(),
                    (tile, sums) ->
                        scope
                            .kernels()
                            .accumulateTile(
                                new Sums(tile, sums, t -> strip.sum(scope.scratch(SUMS), place, t)),
                                first,
                                size,
                                s -> weight().rowOf(scope.scratch(WEIGHT), place, s),
                                (t, s) -> strip.factor(scope.scratch(FACTORS), place, t, s),
                                to)));
    return new Block(List.of(clear, sum));
  }
}
