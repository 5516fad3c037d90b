package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.schedule.Tiles;

/** Short ways to write loops and arithmetic. */
final class Loops {
  static final Expr ZERO = new Const(0f);
  static final Expr ONE = new Const(1f);

  private Loops() {}

  /** A loop from 0 to {@code extent - 1}; no loop where there is one round. */
  static Stmt loop(String name, int extent, Function<Index, Stmt> body) {
    return loop(name, 0, extent, body);
  }

  /** A loop from {@code begin} to {@code end - 1}; no loop where there is one round. */
  static Stmt loop(String name, int begin, int end, Function<Index, Stmt> body) {
    if (end - begin == 1) {
      return body.apply(Index.of(begin));
    }
    return loop(new IndexVar(name, begin, end - 1), Index.of(begin), Index.of(end), body);
  }

  /** A loop whose bounds may depend on other indices. */
  static Stmt loop(IndexVar index, Index begin, Index end, Function<Index, Stmt> body) {
    return new For(index, begin, end, For.Kind.SERIAL, body.apply(index));
  }

  /** What is done with the {@code size} positions from {@code first} on. */
  interface TileBody {
    Stmt of(Index first, int size);
  }

  /** Makes a loop from 0 to {@code extent - 1}, or over a share of that. */
  interface LoopMaker {
    Stmt loop(String name, int extent, Function<Index, Stmt> body);
  }

  /** Covers 0 .. count - 1 with tiles of at most {@code most}, in order. */
  static Stmt tiles(int count, int most, TileBody body) {
    return tiles(count, most, Loops::loop, body);
  }

  /**
   * The same with loops of another name; where tiles are of one position each, there is one loop.
   */
  static Stmt tiles(String name, int count, int most, TileBody body) {
    if (most == 1) {
      return loop(name, count, position -> body.of(position, 1));
    }
    return tiles(count, most, (tile, extent, one) -> loop(name, extent, one), body);
  }

  /** The same by loops of another kind: one over the large tiles, one over the small ones. */
  static Stmt tiles(int count, int most, LoopMaker loops, TileBody body) {
    Tiles tiles = Tiles.of(count, most);
    List<Stmt> statements = new ArrayList<>();
    int size = tiles.size();
    if (tiles.largeTiles() > 0) {
      statements.add(
          loops.loop("tile", tiles.largeTiles(), tile -> body.of(tile.times(size), size)));
    }
    if (tiles.smallTiles() > 0) {
      int start = tiles.largeTiles() * size;
      statements.add(
          loops.loop(
              "tile",
              tiles.smallTiles(),
              tile -> body.of(tile.times(size - 1).plus(start), size - 1)));
    }
    return block(statements);
  }

  /** One statement of several. */
  static Stmt block(List<Stmt> statements) {
    return statements.size() == 1 ? statements.get(0) : new Block(statements);
  }

  static Expr add(Expr left, Expr right) {
    return new Binary(Binary.Op.ADD, left, right);
  }

  static Expr subtract(Expr left, Expr right) {
    return new Binary(Binary.Op.SUBTRACT, left, right);
  }

  static Expr multiply(Expr left, Expr right) {
    return new Binary(Binary.Op.MULTIPLY, left, right);
  }

  static Expr divide(Expr left, Expr right) {
    return new Binary(Binary.Op.DIVIDE, left, right);
  }

  static Expr max(Expr left, Expr right) {
    return new Binary(Binary.Op.MAX, left, right);
  }
}
