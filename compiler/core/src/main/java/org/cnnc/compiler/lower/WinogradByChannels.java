package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.WinogradGeometry;

/**
 * A {@link WinogradConvolution} with channels innermost everywhere, so that they are the lanes and
 * rows: a small map has few tiles, but then it has many channels.
 */
record WinogradByChannels(
    WinogradGeometry geometry,
    boolean turned,
    MechanicalSchedule mechanical,
    KernelChoice choice,
    WinogradResults results)
    implements WinogradConvolution {
  private static final String FRAME = "frame";

  @Override
  public List<Scratch> scratch() {
    int places = WinogradGeometry.PLACES;
    int from = geometry.source().channels();
    int to = geometry.target().channels();
    int tiles = geometry.stripTiles();
    WinogradWeight weight = products().weight();
    List<Scratch> needs = new ArrayList<>();
    needs.add(
        new Scratch(WinogradProducts.WEIGHT, weight.rows(), weight.length(), Lifetime.PARAMETERS));
    needs.add(new Scratch(FRAME, 1, geometry.frameLength(), Lifetime.KEEPS_ZEROS));
    needs.add(
        new Scratch(
            WinogradProducts.FACTORS,
            1,
            Math.multiplyExact(places * tiles, from),
            Lifetime.OPERATION));
    needs.add(
        new Scratch(
            WinogradProducts.SUMS,
            Math.multiplyExact(places, tiles),
            mechanical.roomFor(to),
            Lifetime.OPERATION));
    needs.addAll(results.scratch());
    return needs;
  }

  private WinogradProducts products() {
    return new WinogradProducts(geometry, turned, mechanical.target(), choice);
  }

  private WinogradTiles tilesOfStrip() {
    return new WinogradTiles(geometry);
  }

  @Override
  public void prepare(OperationScope scope) {
    scope.add(products().weight().prepare(scope, scope.scratch(WinogradProducts.WEIGHT)));
  }

  @Override
  public void lower(OperationScope scope, Optional<ArrayRef> bias) {
    scope.add(
        scope.inFunction(
            "frame",
            "Frames the source with zeros, channels innermost.",
            Index.of(0),
            (inner, unused) ->
                inner.add(new WinogradFrame(geometry, inner.scratch(FRAME)).fill(inner))));
    scope.add(
        scope.loopOfPart(
            "strip",
            geometry.strips(),
            strip ->
                new Block(
                    List.of(
                        rows(strip, tileRow -> seen(scope, tileRow)),
                        products().of(scope),
                        rows(strip, tileRow -> resultsOf(scope, tileRow, bias))))));
  }

  private Stmt rows(Index strip, Function<Index, Stmt> body) {
    return loop(
        "tileRow",
        geometry.stripRows(),
        row -> body.apply(strip.times(geometry.stripRows()).plus(row)));
  }

  /** The first tile of a row, counted in its strip. */
  private Index firstTile(Index tileRow) {
    return tileRow.remainder(geometry.stripRows()).times(geometry.tileColumns());
  }

  private Stmt seen(OperationScope scope, Index tileRow) {
    return scope.inFunction(
        "seen",
        "Transforms what a row of tiles sees.",
        tileRow,
        (inner, line) ->
            inner.add(
                tilesOfStrip()
                    .transformSeen(
                        line,
                        firstTile(line),
                        inner.scratch(FRAME),
                        inner.scratch(WinogradProducts.FACTORS))));
  }

  private Stmt resultsOf(OperationScope scope, Index tileRow, Optional<ArrayRef> bias) {
    Stmt transform =
        scope.inFunction(
            "pixels",
            "Makes of the sums of a row of tiles what is stored.",
            firstTile(tileRow),
            (inner, tile) -> inner.add(results.transform(inner, tile, bias)));
    Stmt copy =
        scope.inFunction(
            "rows",
            "Copies what came of a row of tiles to planes.",
            tileRow,
            (inner, line) -> inner.add(results.copy(inner, line)));
    return new Block(List.of(transform, copy));
  }
}
