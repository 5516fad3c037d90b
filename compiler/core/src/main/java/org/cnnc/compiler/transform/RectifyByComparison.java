package org.cnnc.compiler.transform;

import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * Computes the rectifier of a vector with a comparison and a selection: on x86 two instructions,
 * where C2 takes six for a maximum, so that NaN and zeros of both signs come out right. (Where a
 * processor has such a maximum, as AArch64, it is one more.)
 *
 * <pre>{@code
 * max(x, broadcast(0.0))  ->  x <= broadcast(0.0) ? broadcast(0.0) : x
 * }</pre>
 *
 * The same bits: +0 for zeros of both signs, and NaN, with which no comparison holds, passes. Only
 * of a local, which may be named twice; of a single element it stays, since a maximum is never a
 * jump.
 */
public final class RectifyByComparison implements LoopPass {
  @Override
  public String name() {
    return "rectify-by-comparison";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    return LoopPass.eachFunction(program, function -> new Rectifier().rewrite(function));
  }

  private static final class Rectifier extends LoopRewriter {
    private static final Broadcast ZERO = new Broadcast(new Const(0));

    @Override
    public Expr visitBinary(Binary original) {
      Expr expr = super.visitBinary(original);
      return expr instanceof Binary binary && isRectifier(binary)
          ? new Select(Select.Comparison.LESS_OR_EQUAL, binary.left(), ZERO, ZERO, binary.left())
          : expr;
    }

    /** A constant is equal to another one in every bit, so -0 is none. */
    private static boolean isRectifier(Binary expr) {
      return expr.op() == Binary.Op.MAX
          && expr.type() == ValueType.VECTOR
          && expr.left() instanceof Var
          && expr.right().equals(ZERO);
    }
  }
}
