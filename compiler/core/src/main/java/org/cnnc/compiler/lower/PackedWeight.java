package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.Tiles;

/**
 * A weight as {@link VectorTile} reads it: for each tile of sums, for each term of a sum, the
 * floats of all sums of the tile side by side.
 *
 * @param sums how many sums there are
 * @param terms floats that one sum uses
 * @param tile most sums of a tile
 */
record PackedWeight(int sums, int terms, int tile) {
  /** The float of a sum's term. */
  interface Element {
    Expr of(Index sum, Index term);
  }

  /** Tiles of sums. */
  int tiles() {
    Tiles tiles = Tiles.of(sums, tile);
    return tiles.largeTiles() + tiles.smallTiles();
  }

  int length() {
    return Math.multiplyExact(sums, terms);
  }

  /** Where the floats of the tile that begins with sum {@code first} begin. */
  Index start(Index first) {
    return first.times(terms);
  }

  /** Fills the buffer, a tile at a time. */
  Stmt pack(OperationScope scope, Buffer buffer, Element element) {
    Tiles tiles = Tiles.of(sums, tile);
    int size = tiles.size();
    int start = tiles.largeTiles() * size;
    List<Stmt> statements = new ArrayList<>();
    if (tiles.largeTiles() > 0) {
      statements.add(
          scope.rowsOfTask(
              tiles.largeTiles(), t -> packTile(buffer, t.times(size), size, element)));
    }
    if (tiles.smallTiles() > 0) {
      statements.add(
          scope.rowsOfTask(
              tiles.smallTiles(),
              t -> packTile(buffer, t.times(size - 1).plus(start), size - 1, element)));
    }
    return Loops.block(statements);
  }

  private Stmt packTile(Buffer buffer, Index first, int size, Element element) {
    return loop(
        "term",
        terms,
        term ->
            loop(
                "sum",
                size,
                sum ->
                    new Store(
                        row(buffer, Index.of(0)),
                        start(first).plus(term.times(size)).plus(sum),
                        element.of(first.plus(sum), term))));
  }
}
