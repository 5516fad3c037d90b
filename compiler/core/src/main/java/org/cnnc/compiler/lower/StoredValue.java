package org.cnnc.compiler.lower;

import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;

/** What a kernel stores of a sum, in lanes or not. */
interface StoredValue {
  /** The sum itself. */
  StoredValue SUM = (locals, sum) -> sum;

  /** Of a sum that is a local, or may be bound to one. */
  Expr of(Locals locals, Expr sum);

  /** As an operation says: its activation of the sum, if it has one. */
  static StoredValue of(Operation operation) {
    return operation.computation() instanceof Computation.Forward forward
        ? forward.activation().map(StoredValue::activated).orElse(SUM)
        : SUM;
  }

  private static StoredValue activated(Activation activation) {
    return ActivationFormula.of(activation)::value;
  }

  /** Whether kernels can: where values are computed in lanes, without calls. */
  static boolean canBeActivated(ScheduledStep step, Activation activation) {
    return step.mechanical().target() == Target.VECTOR
        && ActivationFormula.of(activation).isArithmetic();
  }
}
