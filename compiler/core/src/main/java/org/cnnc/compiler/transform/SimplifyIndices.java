package org.cnnc.compiler.transform;

import java.util.HashSet;
import java.util.Set;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexMinimum;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexQuotient;
import org.cnnc.compiler.loop.IndexRemainder;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Stmt;

/**
 * Writes indices in their simplest form: constants come last, equal terms are joined, minima,
 * quotients and remainders that the ranges decide are gone, and so are variables with one value.
 *
 * <pre>{@code
 * out[(y + 1) * 30 + (x + 2)]     ->  out[y * 30 + x + 32]
 * out[min(x, 40) + x * 2]         ->  out[x * 3]             (x in 0..28)
 * out[(y * 28 + x) / 28 % 28]     ->  out[y]                 (x, y in 0..28)
 * }</pre>
 */
public final class SimplifyIndices implements LoopPass {
  @Override
  public String name() {
    return "simplify-indices";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    return LoopPass.eachFunction(program, SimplifyIndices::simplify);
  }

  /** Until nothing changes: joined terms may leave a sum that can be joined with others. */
  @SuppressWarnings("ReferenceEquality") // "unchanged" means the same instance
  private static LoopFunction simplify(LoopFunction function) {
    LoopFunction before = function;
    LoopFunction after = new Simplifier().rewrite(before);
    while (after != before) {
      before = after;
      after = new Simplifier().rewrite(before);
    }
    return after;
  }

  private static final class Simplifier extends LoopRewriter {
    private final Set<IndexVar> vectorVariables = new HashSet<>();

    /** A vector access names the variable of its loop, even if it has but one value. */
    @Override
    public Stmt visitFor(For stmt) {
      if (stmt.kind() != For.Kind.VECTOR) {
        return super.visitFor(stmt);
      }
      vectorVariables.add(stmt.index());
      Stmt result = super.visitFor(stmt);
      vectorVariables.remove(stmt.index());
      return result;
    }

    @Override
    public Index visitVar(IndexVar index) {
      return index.min() == index.max() && !vectorVariables.contains(index)
          ? Index.of(index.min())
          : index;
    }

    @Override
    public Index visitSum(IndexSum index) {
      return linear(index, super.visitSum(index));
    }

    @Override
    public Index visitProduct(IndexProduct index) {
      return linear(index, super.visitProduct(index));
    }

    private static Index linear(Index original, Index rewritten) {
      return original(original, LinearIndex.of(rewritten).toIndex());
    }

    /** Keeps the identity of what was simple already. */
    private static Index original(Index original, Index simplified) {
      return simplified.equals(original) ? original : simplified;
    }

    /** {@code (d * q + r) / d} is {@code q} if r lies in {@code 0 .. d - 1}. */
    @Override
    public Index visitQuotient(IndexQuotient index) {
      Index inner = rewrite(index.index());
      int divisor = index.divisor();
      if (inner instanceof IndexQuotient nested
          && (long) nested.divisor() * divisor <= Integer.MAX_VALUE) {
        return nested.index().dividedBy(nested.divisor() * divisor);
      }
      LinearIndex terms = LinearIndex.of(inner);
      return isDigit(terms.restOf(divisor).toIndex(), divisor)
          ? terms.multiplesOf(divisor).toIndex()
          : original(index, inner.dividedBy(divisor));
    }

    /** {@code (d * q + r) % d} is {@code r} if r lies in {@code 0 .. d - 1}. */
    @Override
    public Index visitRemainder(IndexRemainder index) {
      Index inner = rewrite(index.index());
      Index rest = LinearIndex.of(inner).restOf(index.divisor()).toIndex();
      return isDigit(rest, index.divisor())
          ? rest
          : original(index, inner.remainder(index.divisor()));
    }

    private static boolean isDigit(Index rest, int divisor) {
      return rest.min() >= 0 && rest.max() < divisor;
    }

    @Override
    public Index visitMinimum(IndexMinimum index) {
      Index left = rewrite(index.left());
      Index right = rewrite(index.right());
      return left.equals(right) ? left : original(index, left.minimum(right));
    }
  }
}
