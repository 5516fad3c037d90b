package org.cnnc.compiler.transform;

import java.util.Optional;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;

/**
 * Computes what is constant, and drops operations that change no bit of their operand, be it -0, an
 * infinity or NaN (all NaNs count as one).
 *
 * <pre>{@code
 * x * (1.0 / 4.0)   ->  x * 0.25
 * fma(x, 1.0, y)    ->  x + y
 * x + -0.0          ->  x           (but x + 0.0 stays: it makes +0 of -0)
 * }</pre>
 *
 * Constants are computed in single precision, as the program would.
 */
public final class FoldConstants implements LoopPass {
  @Override
  public String name() {
    return "fold-constants";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    return LoopPass.eachFunction(program, function -> new Folder().rewrite(function));
  }

  private static final class Folder extends LoopRewriter {
    private static Optional<Float> constant(Expr expr) {
      Expr scalar = expr instanceof Broadcast broadcast ? broadcast.scalar() : expr;
      return scalar instanceof Const value ? Optional.of(value.value()) : Optional.empty();
    }

    /** Equal in every bit: tells -0 from +0. */
    private static boolean is(Expr expr, float wanted) {
      return constant(expr)
          .filter(value -> Float.floatToIntBits(value) == Float.floatToIntBits(wanted))
          .isPresent();
    }

    /** The constant result, or the expression as it is when that would be NaN. */
    private static Expr folded(Expr expr, float result) {
      if (Float.isNaN(result)) {
        return expr;
      }
      Const value = new Const(result);
      return expr.type() == ValueType.VECTOR ? new Broadcast(value) : value;
    }

    @Override
    public Expr visitIndexToFloat(IndexToFloat expr) {
      return expr.index() instanceof IndexConst index ? new Const(index.value()) : expr;
    }

    @Override
    public Expr visitUnary(Unary expr) {
      return fold((Unary) super.visitUnary(expr));
    }

    private static Expr fold(Unary expr) {
      Optional<Float> operand = constant(expr.operand());
      if (operand.isPresent()) {
        float x = operand.get();
        return folded(
            expr,
            switch (expr.op()) {
              case NEGATE -> -x;
              case ABS -> Math.abs(x);
              case SQRT -> (float) Math.sqrt(x);
            });
      }
      return expr.operand() instanceof Unary inner ? withoutInnerSign(expr, inner) : expr;
    }

    /** NEGATE and ABS touch the sign bit alone: -(-x) = x, |-x| = |x|, ||x|| = |x|. */
    private static Expr withoutInnerSign(Unary expr, Unary inner) {
      return switch (expr.op()) {
        case NEGATE -> inner.op() == Unary.Op.NEGATE ? inner.operand() : expr;
        case ABS ->
            inner.op() == Unary.Op.SQRT ? expr : fold(new Unary(Unary.Op.ABS, inner.operand()));
        case SQRT -> expr;
      };
    }

    @Override
    public Expr visitBinary(Binary expr) {
      return fold((Binary) super.visitBinary(expr));
    }

    private static Expr fold(Binary expr) {
      Expr left = expr.left();
      Expr right = expr.right();
      Optional<Float> a = constant(left);
      Optional<Float> b = constant(right);
      if (a.isPresent() && b.isPresent()) {
        return folded(expr, compute(expr.op(), a.get(), b.get()));
      }
      return switch (expr.op()) {
        // x + -0 = x: for x = -0 the sum of two negative zeros is -0, for x = +0 the sum of zeros
        // of
        // different sign is +0. (x + +0 would turn -0 into +0.)
        case ADD -> is(right, -0f) ? left : is(left, -0f) ? right : expr;
        // x - +0 = x + -0.
        case SUBTRACT -> is(right, 0f) ? left : expr;
        // x * 1 = x: exact, and the sign of the product is that of x.
        case MULTIPLY -> is(right, 1f) ? left : is(left, 1f) ? right : expr;
        case DIVIDE -> is(right, 1f) ? left : expr;
        // Both sides have the same value, signs of zeros included.
        case MAX, MIN -> left.equals(right) ? left : expr;
      };
    }

    private static float compute(Binary.Op op, float a, float b) {
      return switch (op) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
      };
    }

    @Override
    public Expr visitFma(Fma original) {
      Fma expr = (Fma) super.visitFma(original);
      Optional<Float> a = constant(expr.a());
      Optional<Float> b = constant(expr.b());
      Optional<Float> c = constant(expr.c());
      if (a.isPresent() && b.isPresent() && c.isPresent()) {
        return folded(expr, Math.fma(a.get(), b.get(), c.get()));
      }
      // The product with 1 is exact, so the one rounding is that of the sum.
      if (is(expr.b(), 1f)) {
        return fold(new Binary(Binary.Op.ADD, expr.a(), expr.c()));
      }
      if (is(expr.a(), 1f)) {
        return fold(new Binary(Binary.Op.ADD, expr.b(), expr.c()));
      }
      // The exact product plus -0 is the exact product, sign of a zero included (see ADD); the one
      // rounding is that of the product.
      if (is(expr.c(), -0f)) {
        return fold(new Binary(Binary.Op.MULTIPLY, expr.a(), expr.b()));
      }
      return expr;
    }

    @Override
    public Expr visitSelect(Select original) {
      Select expr = (Select) super.visitSelect(original);
      // Expressions have no side effects, so the same text is the same value.
      if (expr.whenTrue().equals(expr.whenFalse())) {
        return expr.whenTrue();
      }
      Optional<Float> left = constant(expr.left());
      Optional<Float> right = constant(expr.right());
      if (left.isEmpty() || right.isEmpty()) {
        return expr;
      }
      float a = left.get();
      float b = right.get();
      boolean holds =
          switch (expr.comparison()) {
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case EQUAL -> a == b;
          };
      return holds ? expr.whenTrue() : expr.whenFalse();
    }
  }
}
