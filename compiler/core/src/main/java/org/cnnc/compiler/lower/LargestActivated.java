package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.max;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.Select;

/**
 * The largest of what an activation makes of the elements of a window, and its place: the same bits
 * as those of the maximum of all, the same choice as that of {@link PoolPlaces}.
 *
 * <p>A rectifier is computed of the largest and of the first element alone: it makes all elements
 * that are not positive equal to the first; the others, and NaN, are found without it. It makes
 * zeros of both signs one, too, so that the largest may be found by comparisons, which do not tell
 * them apart: of vectors they are less than maxima, for the reason that {@link
 * org.cnnc.compiler.transform.RectifyByComparison} gives.
 *
 * @param best the largest, bound to a local
 * @param compared what is equal to it at the place that is looked for, and not before
 */
record LargestActivated(Expr best, List<Expr> compared) {
  LargestActivated {
    compared = List.copyOf(compared);
  }

  /**
   * Of one window.
   *
   * @param elements before the activation, in the order of their places; locals, since each is
   *     named several times
   */
  static LargestActivated of(Locals locals, Optional<Activation> activation, List<Expr> elements) {
    Optional<ActivationFormula> formula = activation.map(ActivationFormula::of);
    if (formula.filter(ActivationFormula::isRectifier).isPresent()) {
      Expr largest = largestByComparisons(locals, elements);
      List<Expr> compared = new ArrayList<>(elements);
      compared.set(0, formula.get().value(locals, elements.get(0)));
      Expr best = formula.get().value(locals, largest);
      return new LargestActivated(locals.let("best", best), compared);
    }
    List<Expr> values = new ArrayList<>();
    for (Expr element : elements) {
      Expr value = formula.map(f -> f.value(locals, element)).orElse(element);
      values.add(locals.let("value" + values.size(), value));
    }
    return new LargestActivated(locals.let("best", maximum(values)), values);
  }

  /** NaN if one of them is; either zero where no element is positive and one is a zero. */
  private static Expr largestByComparisons(Locals locals, List<Expr> elements) {
    Expr largest = elements.get(0);
    for (int p = 1; p < elements.size(); p++) {
      Expr next = elements.get(p);
      Expr larger = new Select(Select.Comparison.LESS, largest, next, next, largest);
      Expr orNaN = new Select(Select.Comparison.EQUAL, next, next, larger, next);
      largest = locals.let("largest" + p, orNaN);
    }
    return largest;
  }

  private static Expr maximum(List<Expr> values) {
    Expr best = values.get(0);
    for (Expr value : values.subList(1, values.size())) {
      best = max(best, value);
    }
    return best;
  }

  /** The first place that is equal to the largest; the last one if none is. */
  Expr place(Locals locals) {
    Expr place = new IndexBits(Index.of(compared.size() - 1));
    for (int p = compared.size() - 2; p >= 0; p--) {
      Expr here =
          new Select(
              Select.Comparison.EQUAL, compared.get(p), best, new IndexBits(Index.of(p)), place);
      place = locals.let("place" + p, here);
    }
    return place;
  }
}
