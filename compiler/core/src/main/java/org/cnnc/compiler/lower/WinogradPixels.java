package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.WinogradGeometry;

/** All pixels of each tile. */
record WinogradPixels(WinogradGeometry geometry) implements WinogradResults {
  private static final int TILE = WinogradGeometry.TILE;
  private static final String PIXELS = "pixels";

  @Override
  public List<Scratch> scratch() {
    int pixels = Math.multiplyExact(geometry.rowOfTiles(), channels());
    return List.of(new Scratch(PIXELS, TILE, pixels, Lifetime.OPERATION));
  }

  private int channels() {
    return geometry.target().channels();
  }

  @Override
  public Stmt transform(OperationScope scope, Index first, Optional<ArrayRef> bias) {
    StoredValue stored = StoredValue.of(scope.operation());
    return new WinogradTiles(geometry)
        .eachSum(
            first,
            scope.scratch(WinogradProducts.SUMS),
            (tileColumn, channel, sums) -> {
              Index pixel = tileColumn.times(TILE * channels()).plus(channel);
              return WinogradTransform.pixels(
                  sums,
                  bias.map(array -> load(array, channel)),
                  stored,
                  (number, value) -> pixel(scope, number, pixel, value));
            });
  }

  private Stmt pixel(OperationScope scope, int number, Index first, Expr value) {
    return new Store(
        row(scope.scratch(PIXELS), Index.of(number / TILE)),
        first.plus(number % TILE * channels()),
        value);
  }

  @Override
  public Stmt copy(OperationScope scope, Index tileRow) {
    int height = geometry.target().height();
    Index begin = tileRow.times(TILE);
    return loop(
        new IndexVar("y", 0, height - 1),
        begin,
        begin.plus(TILE).minimum(Index.of(height)),
        y ->
            WinogradTiles.copyRow(
                scope,
                row(scope.scratch(PIXELS), y.remainder(TILE)),
                scope.operation().output(),
                y));
  }
}
