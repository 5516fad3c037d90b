package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Tensor;

/**
 * The source of {@link WinogradByTiles} between zeros, each channel as four planes: pixels of even
 * and odd rows and columns of the frame apart. What neighbouring tiles see then lies side by side.
 *
 * <pre>
 * plane [channel, row % 2, column % 2], at (row / 2) * tilePitch + column / 2
 * </pre>
 */
record WinogradPhases(WinogradGeometry geometry, Buffer buffer) {
  private static final int TILE = WinogradGeometry.TILE;

  /** Planes of a channel. */
  static final int COUNT = TILE * TILE;

  /** Floats of a plane, with those that the tiles behind each row see. */
  static int length(WinogradGeometry geometry) {
    return Math.addExact(Math.multiplyExact(geometry.tileRows() + 1, geometry.tilePitch()), 1);
  }

  /** What a tile sees. */
  Expr seen(Index channel, Index tile, int r, int c) {
    int later = r / TILE * geometry.tilePitch() + c / TILE;
    return load(plane(channel, Index.of(r % TILE), Index.of(c % TILE)), tile.plus(later));
  }

  private ArrayRef plane(Index channel, Index oddRow, Index oddColumn) {
    return row(buffer, channel.times(COUNT).plus(oddRow.times(TILE)).plus(oddColumn));
  }

  /** The statements for the source of the operation at hand. */
  Stmt fill(OperationScope scope) {
    return WindowGradient.of(scope.operation())
        .map(gradient -> fillPlaces(scope, gradient))
        .orElseGet(() -> fillWhole(scope));
  }

  private Stmt fillWhole(OperationScope scope) {
    return loop(
        "channel",
        geometry.source().channels(),
        channel -> {
          List<Stmt> planes = new ArrayList<>();
          for (int number = 0; number < COUNT; number++) {
            planes.add(fillPlane(scope, channel, number / TILE, number % TILE));
          }
          return Loops.block(planes);
        });
  }

  private Stmt fillPlane(OperationScope scope, Index channel, int oddRow, int oddColumn) {
    Tensor source = scope.operation().input(0);
    int pitch = scope.step().pitch(source);
    // Pixel y of the source is in row y + top of the frame.
    int firstY = Math.floorMod(oddRow - geometry.top(), TILE);
    int firstX = Math.floorMod(oddColumn - geometry.left(), TILE);
    int rows = (geometry.source().height() + 1 - firstY) / TILE;
    int columns = (geometry.source().width() + 1 - firstX) / TILE;
    if (rows == 0 || columns == 0) {
      return new Block(List.of());
    }
    int start =
        (firstY + geometry.top()) / TILE * geometry.tilePitch() + (firstX + geometry.left()) / TILE;
    return loop(
        "tileRow",
        rows,
        r ->
            loop(
                "tileColumn",
                columns,
                c ->
                    new Store(
                        plane(channel, Index.of(oddRow), Index.of(oddColumn)),
                        r.times(geometry.tilePitch()).plus(c).plus(start),
                        load(
                            scope.row(source, channel),
                            r.times(TILE * pitch)
                                .plus(c.times(TILE))
                                .plus(firstY * pitch + firstX)))));
  }

  /** Clears the planes, and puts the element of each window where it belongs. */
  private Stmt fillPlaces(OperationScope scope, WindowGradient gradient) {
    return gradient.scatter(
        scope,
        buffer,
        "channel",
        (channel, y, x, place) -> {
          Index r = gradient.pixelRow(y, place).plus(geometry.top());
          Index c = gradient.pixelColumn(x, place).plus(geometry.left());
          return new WindowGradient.Target(
              plane(channel, r.remainder(TILE), c.remainder(TILE)),
              r.dividedBy(TILE).times(geometry.tilePitch()).plus(c.dividedBy(TILE)));
        });
  }
}
