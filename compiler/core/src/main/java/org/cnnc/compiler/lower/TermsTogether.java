package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Stmt;

/**
 * Terms of a kernel's sums that are written out side by side in the loop over them. What a round
 * does beside its multiply-adds (it reads a place, checks that it lies in the array, counts) is as
 * many instructions as they are. Terms whose places are a constant apart share it:
 *
 * <pre>
 * for round in 0 .. terms / ofRound:
 *   for each group of a round, written out:
 *     place = table[round * ofRound + first of the group]
 *     the terms at place, place + stride, ...
 * </pre>
 *
 * @param ofRound terms of a round
 * @param together most terms that share a place: in C2's eyes nothing keeps it from loading all
 *     that they load before it adds
 */
record TermsTogether(int ofRound, int together) {
  /**
   * Vectors that the sums and what is loaded for them may take, of the sixteen registers that AVX2
   * has: with more, sums wait in memory meanwhile, and a round takes half as long again.
   */
  private static final int MOST_REGISTERS = 12;

  /** Uses of vectors that a loop may have: methods with a hundred stay interpreted for seconds. */
  private static final int MOST_USES = 72;

  /**
   * As many as registers allow.
   *
   * @param extent of the innermost loop over terms, whose places are a constant apart
   * @param loads vectors that a term loads
   * @param factors floats that each of them is multiplied with
   */
  static TermsTogether of(int extent, int loads, int factors) {
    int most = Math.max(1, (MOST_REGISTERS - loads * factors) / loads);
    int uses = loads + factors + loads * factors;
    if (extent % most != 0 && extent * uses <= MOST_USES) {
      return new TermsTogether(extent, most);
    }
    int divisor = most;
    while (extent % divisor != 0 || (divisor > 1 && divisor * uses > MOST_USES)) {
      divisor--;
    }
    return new TermsTogether(divisor, divisor);
  }

  /** One term a round. */
  static TermsTogether none() {
    return new TermsTogether(1, 1);
  }

  /** What is done with a term. */
  interface Term {
    Stmt at(Index place, Index term);
  }

  /**
   * The loop over all terms.
   *
   * @param begin of the terms' places in the table
   * @param stride from the place of a term to that of the next one of a round
   * @param largest of the places that the table holds
   */
  Stmt loops(int terms, ArrayRef table, Index begin, int stride, int largest, Term body) {
    return loop(
        "term",
        terms / ofRound,
        round -> {
          List<Stmt> groups = new ArrayList<>();
          for (int first = 0; first < ofRound; first += together) {
            int size = Math.min(together, ofRound - first);
            Index term = round.times(ofRound).plus(first);
            String name = "offset" + (ofRound > together ? first : "");
            IndexVar place = firstOf(size, name, stride, largest);
            groups.add(new LetIndex(place, table, begin.plus(term)));
            groups.add(
                group(size, next -> body.at(place.plus(next.times(stride)), term.plus(next))));
          }
          return new Block(groups);
        });
  }

  /** Of the first of some terms: the others must lie within the same bounds. */
  private static IndexVar firstOf(int size, String name, int stride, int largest) {
    int others = (size - 1) * stride;
    return new IndexVar(name, Math.max(0, -others), largest - Math.max(0, others));
  }

  private static Stmt group(int size, Function<Index, Stmt> term) {
    if (size == 1) {
      return term.apply(Index.of(0));
    }
    IndexVar next = new IndexVar("next", 0, size - 1);
    return new For(next, Index.of(0), Index.of(size), For.Kind.UNROLLED, term.apply(next));
  }
}
