package org.cnnc.compiler.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexSum;

/** An index as a sum of terms with factors, in the order of the text, and a constant. */
final class LinearIndex {
  private final Map<Index, Integer> factors = new LinkedHashMap<>();
  private int constant;

  static LinearIndex of(Index index) {
    LinearIndex result = new LinearIndex();
    result.add(index, 1);
    return result;
  }

  private void add(Index index, int factor) {
    if (index instanceof IndexConst value) {
      constant = Math.addExact(constant, Math.multiplyExact(value.value(), factor));
    } else if (index instanceof IndexSum sum && factor == 1) {
      add(sum.left(), 1);
      add(sum.right(), 1);
    } else if (index instanceof IndexProduct product) {
      add(product.index(), Math.multiplyExact(product.factor(), factor));
    } else if (index instanceof IndexSum sum) {
      addScaledSum(sum, factor);
    } else {
      factors.merge(index, factor, Math::addExact);
    }
  }

  /** Of {@code (x + y + 2) * 3} only the constant moves out: one product is cheaper than two. */
  private void addScaledSum(IndexSum sum, int factor) {
    LinearIndex inner = of(sum);
    constant = Math.addExact(constant, Math.multiplyExact(inner.constant, factor));
    inner.constant = 0;
    if (inner.factors.size() <= 1) {
      inner.factors.forEach((term, own) -> add(term, Math.multiplyExact(own, factor)));
    } else {
      factors.merge(inner.toIndex(), factor, Math::addExact);
    }
  }

  /**
   * The terms whose factors {@code divisor} divides and the constant's share, all divided by it.
   */
  LinearIndex multiplesOf(int divisor) {
    LinearIndex result = new LinearIndex();
    factors.forEach(
        (term, factor) -> {
          if (factor % divisor == 0) {
            result.factors.put(term, factor / divisor);
          }
        });
    result.constant = Math.floorDiv(constant, divisor);
    return result;
  }

  /** What {@link #multiplesOf} leaves. */
  LinearIndex restOf(int divisor) {
    LinearIndex result = new LinearIndex();
    factors.forEach(
        (term, factor) -> {
          if (factor % divisor != 0) {
            result.factors.put(term, factor);
          }
        });
    result.constant = Math.floorMod(constant, divisor);
    return result;
  }

  Index toIndex() {
    Index sum = Index.of(0);
    for (Map.Entry<Index, Integer> term : factors.entrySet()) {
      sum = sum.plus(term.getKey().times(term.getValue()));
    }
    return sum.plus(constant);
  }
}
