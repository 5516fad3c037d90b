package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.memory.PartialSums;

/**
 * A row whose elements are sums, such as that of a gradient which blocks of images have summed.
 *
 * @param parts arrays whose sum it is, from the first to the last
 * @param pieces of the row
 * @param pieceLength floats of a piece
 * @param piecePitch floats from one piece to the next, in each of the arrays
 */
record RowGradient(List<ArrayRef> parts, int pieces, int pieceLength, int piecePitch) {
  RowGradient {
    parts = List.copyOf(parts);
  }

  /** The sum of some rows of the same length. */
  static RowGradient of(List<ArrayRef> rows, int length) {
    return new RowGradient(rows, 1, length, length);
  }

  /** A row of a gradient in all blocks of images, in order. */
  static RowGradient inBlocks(OperationScope scope, PartialSums sums, Index row) {
    List<ArrayRef> parts = new ArrayList<>();
    for (int b = 0; b < scope.step().numeric().imageBlocks(); b++) {
      parts.add(row(sums.buffer(), row.plus(b * sums.rows())));
    }
    return new RowGradient(parts, sums.pieces(), sums.pieceLength(), sums.piecePitch());
  }

  /** Statements that bind the arrays, before the loops. */
  List<Stmt> bound() {
    List<Stmt> statements = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      statements.add(new LetArray(name(part), parts.get(part)));
    }
    return statements;
  }

  /** Loops over the elements; {@code body} gets the place in the row and the sum. */
  Stmt eachElement(BiFunction<Index, Expr, Stmt> body) {
    return loop(
        "piece",
        pieces,
        piece ->
            loop(
                "i",
                pieceLength,
                i ->
                    body.apply(
                        piece.times(pieceLength).plus(i), sumAt(piece.times(piecePitch).plus(i)))));
  }

  private Expr sumAt(Index place) {
    Expr sum = partAt(0, place);
    for (int part = 1; part < parts.size(); part++) {
      sum = add(sum, partAt(part, place));
    }
    return sum;
  }

  private Expr partAt(int part, Index place) {
    return load(new ArrayVar(name(part), parts.get(part).length()), place);
  }

  private String name(int part) {
    return parts.size() == 1 ? "gradient" : "part" + part;
  }
}
