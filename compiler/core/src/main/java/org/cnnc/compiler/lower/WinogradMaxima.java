package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Tensor;

/**
 * The largest pixel of each tile, and its place if that is asked for: a tile is a window of the
 * pool, so its pixels are never in memory. Where the sizes of a map are odd, the last tiles are of
 * no window.
 */
record WinogradMaxima(WinogradGeometry geometry, PooledForward pooled) implements WinogradResults {
  private static final String MAXIMA = "maxima";
  private static final String PLACES = "placesOfRow";

  /** Whether the windows of a pool are tiles. */
  static boolean areTiles(Window windows) {
    Size tile = new Size(WinogradGeometry.TILE, WinogradGeometry.TILE);
    return windows.equals(new Window(tile, tile, Padding.NONE));
  }

  @Override
  public List<Scratch> scratch() {
    int row = Math.multiplyExact(geometry.tileColumns(), channels());
    Scratch maxima = new Scratch(MAXIMA, 1, row, Lifetime.OPERATION);
    return pooled.places()
        ? List.of(maxima, new Scratch(PLACES, 1, row, Lifetime.OPERATION))
        : List.of(maxima);
  }

  private int channels() {
    return geometry.target().channels();
  }

  @Override
  public Stmt transform(OperationScope scope, Index first, Optional<ArrayRef> bias) {
    return new WinogradTiles(geometry)
        .eachSum(
            first,
            scope.scratch(WinogradProducts.SUMS),
            (tileColumn, channel, sums) ->
                largest(
                    scope,
                    tileColumn.times(channels()).plus(channel),
                    sums,
                    bias.map(array -> load(array, channel))));
  }

  private Stmt largest(
      OperationScope scope, Index at, WinogradTransform.Element sums, Optional<Expr> bias) {
    Locals locals = new Locals();
    List<Expr> elements = new ArrayList<>();
    for (Expr whole : WinogradTransform.wholes(locals, sums, bias)) {
      elements.add(locals.let("element" + elements.size(), whole));
    }
    LargestActivated largest = LargestActivated.of(locals, pooled.activation(), elements);
    locals.add(new Store(innermost(scope, MAXIMA), at, largest.best()));
    if (pooled.places()) {
      Expr place = largest.place(locals);
      locals.add(new Store(innermost(scope, PLACES), at, place));
    }
    return locals.finish();
  }

  private static ArrayRef innermost(OperationScope scope, String name) {
    return row(scope.scratch(name), Index.of(0));
  }

  @Override
  public Stmt copy(OperationScope scope, Index tileRow) {
    Stmt maxima = copy(scope, tileRow, MAXIMA, scope.operation().output());
    return pooled.places()
        ? new Block(List.of(maxima, copy(scope, tileRow, PLACES, PoolPlaces.of(scope))))
        : maxima;
  }

  /** A row of windows, if the row of tiles is one. */
  private Stmt copy(OperationScope scope, Index tileRow, String from, Tensor to) {
    int height = to.shape().height();
    return loop(
        new IndexVar("y", 0, height - 1),
        tileRow,
        tileRow.plus(1).minimum(Index.of(height)),
        y -> WinogradTiles.copyRow(scope, innermost(scope, from), to, y));
  }
}
