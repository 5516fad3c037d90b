package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.max;
import static org.cnnc.compiler.lower.Loops.subtract;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * The largest of some scores and the sum of their powers, shared by softmax and cross-entropy:
 * nothing overflows.
 */
final class SoftmaxLoops {
  static final Var LARGEST = new Var("largest", ValueType.SCALAR);
  static final Var SUM = new Var("sum", ValueType.SCALAR);

  private SoftmaxLoops() {}

  /** Binds {@link #LARGEST}, and {@link #SUM} of {@code exp(score - largest)}, in order. */
  static List<Stmt> largestAndSum(ArrayRef scores, int count) {
    return List.of(
        new Let(LARGEST.name(), load(scores, Index.of(0))),
        loop("j", count, j -> new Assign(LARGEST.name(), max(LARGEST, load(scores, j)))),
        new Let(SUM.name(), Loops.ZERO),
        loop("j", count, j -> new Assign(SUM.name(), add(SUM, power(scores, j)))));
  }

  /** {@code exp(scores[j] - largest)}. */
  static Expr power(ArrayRef scores, Index j) {
    return new IntrinsicCall(IntrinsicCall.Intrinsic.EXP, subtract(load(scores, j), LARGEST));
  }
}
