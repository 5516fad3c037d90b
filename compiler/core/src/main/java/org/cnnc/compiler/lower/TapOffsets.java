package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;

/**
 * Where the terms of a kernel's sums are read, kept as a table. One loop over all terms takes the
 * place of loops over kernel rows, kernel columns and channels, whose inner ones are so short that
 * entering them would cost more than their rounds.
 *
 * @param axes those loops, outermost first
 * @param ofOneLoop whether there is a table for one loop, too. C2 leaves a loop as it is that reads
 *     its places from memory; where it can count them, it unrolls the loop up to sixteen times, for
 *     vectors of its own that come to nothing. The thousands of terms of a fully connected layer
 *     then take twice the time: what comes out are chains of multiply-adds that wait for each
 *     other, and sums that spill. (Products by Winograd, of a hundred terms, gain from being
 *     unrolled.)
 */
record TapOffsets(List<Axis> axes, boolean ofOneLoop) {
  private static final String TABLE = "offsets";

  /** One of the loops, and how far it moves the place. */
  record Axis(String name, int extent, int stride) {}

  int terms() {
    return axes.stream().mapToInt(Axis::extent).reduce(1, Math::multiplyExact);
  }

  private long smallest() {
    return axes.stream().mapToLong(axis -> (axis.extent() - 1L) * Math.min(0, axis.stride())).sum();
  }

  private long largest() {
    return axes.stream().mapToLong(axis -> (axis.extent() - 1L) * Math.max(0, axis.stride())).sum();
  }

  /** Several loops, or one that stays as it is. */
  TapOffsets(List<Axis> axes) {
    this(axes, false);
  }

  /** Whether there would be loops, and a table can hold the places. */
  private boolean needsTable() {
    return axes.stream().filter(axis -> axis.extent() > 1).count() > (ofOneLoop ? 0 : 1)
        && largest() - smallest() <= LetIndex.LARGEST;
  }

  List<Scratch> scratch() {
    return needsTable() ? List.of(new Scratch(TABLE, 1, terms(), Lifetime.PARAMETERS)) : List.of();
  }

  /** Fills the table, if there is one. */
  void prepare(OperationScope scope) {
    if (needsTable()) {
      Buffer table = scope.scratch(TABLE);
      scope.add(
          scope.rowsOfTask(
              1,
              task ->
                  nest(
                      0,
                      Index.of(0),
                      Index.of(0),
                      (term, offset) ->
                          new Store(row(table, Index.of(0)), term, fromSmallest(offset)))));
    }
  }

  /** What the table holds: an index in memory is never negative. */
  private Expr fromSmallest(Index offset) {
    return new IndexBits(offset.plus((int) -smallest()));
  }

  /** The loop, or loops, over terms whose floats lie {@code scalarStride} apart, one a round. */
  Rounds rounds(OperationScope scope, int scalarStride) {
    return rounds(scope, scalarStride, TermsTogether.none());
  }

  /**
   * The same, with as many terms a round as registers allow.
   *
   * @param loads vectors that a term loads
   * @param factors floats that each of them is multiplied with
   */
  Rounds rounds(OperationScope scope, int scalarStride, int loads, int factors) {
    return rounds(scope, scalarStride, TermsTogether.of(innermost().extent(), loads, factors));
  }

  private Rounds rounds(OperationScope scope, int scalarStride, TermsTogether together) {
    if (!needsTable()) {
      return body ->
          nest(
              0,
              Index.of(0),
              Index.of(0),
              (term, offset) -> body.at(offset, term.times(scalarStride)));
    }
    ArrayRef table = row(scope.scratch(TABLE), Index.of(0));
    return body ->
        together.loops(
            terms(),
            table,
            Index.of(0),
            innermost().stride(),
            (int) (largest() - smallest()),
            (place, term) -> body.at(place.plus((int) smallest()), term.times(scalarStride)));
  }

  /** The innermost axis that is a loop; of one term, the last axis. */
  private Axis innermost() {
    Axis innermost = axes.get(axes.size() - 1);
    for (Axis axis : axes) {
      innermost = axis.extent() > 1 ? axis : innermost;
    }
    return innermost;
  }

  private interface Body {
    Stmt at(Index term, Index offset);
  }

  private Stmt nest(int depth, Index term, Index offset, Body body) {
    if (depth == axes.size()) {
      return body.at(term, offset);
    }
    Axis axis = axes.get(depth);
    int inner = new TapOffsets(axes.subList(depth + 1, axes.size())).terms();
    return loop(
        axis.name(),
        axis.extent(),
        i -> nest(depth + 1, term.plus(i.times(inner)), offset.plus(i.times(axis.stride())), body));
  }
}
