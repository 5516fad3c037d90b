package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;

/** Adds the loops of an operation to its scope. */
final class LowerOperation implements Computation.Visitor<Void> {
  private final OperationScope scope;

  private LowerOperation(OperationScope scope) {
    this.scope = scope;
  }

  static void into(OperationScope scope) {
    scope.operation().computation().accept(new LowerOperation(scope));
  }

  /** Adds what the operation needs of the parameters in another order; nothing for most. */
  static void prepareInto(OperationScope scope) {
    Computation computation = scope.operation().computation();
    if (computation instanceof Computation.Forward forward) {
      OperatorLowerings.of(forward.operator(), scope.step()).prepareForward(scope);
    } else if (computation instanceof Computation.PooledForward) {
      PooledLowering.of(scope.step(), scope.operation()).prepare(scope);
    } else if (computation instanceof Computation.InputGradient gradient) {
      OperatorLowerings.of(gradient.operator(), scope.step()).prepareInputGradient(scope);
    }
  }

  /** What the kernel of the operation has to do; of operators alone. */
  static Optional<KernelWork> work(ScheduledStep step, Operation operation) {
    Computation computation = operation.computation();
    if (computation instanceof Computation.Forward forward) {
      return OperatorLowerings.of(forward.operator(), step).forwardWork(step, operation);
    }
    if (computation instanceof Computation.PooledForward pooled) {
      return PooledConvWork.of(pooled, step, operation);
    }
    if (computation instanceof Computation.InputGradient gradient) {
      return OperatorLowerings.of(gradient.operator(), step).inputGradientWork(step, operation);
    }
    if (computation instanceof Computation.ParameterGradient gradient) {
      return OperatorLowerings.of(gradient.operator(), step).parameterGradientWork(step, operation);
    }
    if (computation instanceof Computation.GradientUpdate update) {
      return OperatorLowerings.of(update.operator(), step).parameterGradientWork(step, operation);
    }
    return Optional.empty();
  }

  /** Whether the operation should be computed for some images at once; of operators alone. */
  static boolean gainsFromGroups(ScheduledStep step, Operation operation) {
    Computation computation = operation.computation();
    if (computation instanceof Computation.Forward forward) {
      return OperatorLowerings.of(forward.operator(), step).gainsFromGroups(step, operation);
    }
    return computation instanceof Computation.InputGradient gradient
        && OperatorLowerings.of(gradient.operator(), step).gainsFromGroups(step, operation);
  }

  /** The most parts that the operation's work on one image can be cut into; of operators alone. */
  static int mostParts(ScheduledStep step, Operation operation) {
    Computation computation = operation.computation();
    if (computation instanceof Computation.Forward forward) {
      return OperatorLowerings.of(forward.operator(), step).forwardParts(step, operation);
    }
    if (computation instanceof Computation.InputGradient gradient) {
      return OperatorLowerings.of(gradient.operator(), step).inputGradientParts(step, operation);
    }
    if (computation instanceof Computation.ParameterGradient gradient
        && computation.granularity() == Computation.Granularity.IMAGE) {
      return OperatorLowerings.of(gradient.operator(), step)
          .parameterGradientParts(step, operation);
    }
    if (computation instanceof Computation.PooledForward) {
      return PooledLowering.of(step, operation).parts();
    }
    return 1;
  }

  /** The memory that the operation's loops need beside its tensors; of operators alone. */
  static List<Scratch> scratch(ScheduledStep step, Operation operation) {
    Computation computation = operation.computation();
    if (computation instanceof Computation.Forward forward) {
      return OperatorLowerings.of(forward.operator(), step).forwardScratch(step, operation);
    }
    if (computation instanceof Computation.PooledForward) {
      return PooledLowering.of(step, operation).scratch();
    }
    if (computation instanceof Computation.InputGradient gradient) {
      return OperatorLowerings.of(gradient.operator(), step).inputGradientScratch(step, operation);
    }
    if (computation instanceof Computation.ParameterGradient gradient) {
      return OperatorLowerings.of(gradient.operator(), step)
          .parameterGradientScratch(step, operation);
    }
    if (computation instanceof Computation.GradientUpdate update) {
      List<Scratch> needs = new ArrayList<>(GradientRows.scratch(step, operation, update));
      needs.addAll(
          OperatorLowerings.of(update.operator(), step).parameterGradientScratch(step, operation));
      return needs;
    }
    return List.of();
  }

  @Override
  public Void visitForward(Computation.Forward computation) {
    OperatorLowerings.of(computation.operator(), scope.step()).forward(scope);
    return null;
  }

  @Override
  public Void visitPooledForward(Computation.PooledForward computation) {
    PooledLowering.of(scope.step(), scope.operation()).lower(scope);
    return null;
  }

  @Override
  public Void visitInputGradient(Computation.InputGradient computation) {
    OperatorLowerings.of(computation.operator(), scope.step()).inputGradient(scope);
    return null;
  }

  @Override
  public Void visitParameterGradient(Computation.ParameterGradient computation) {
    OperatorLowerings.of(computation.operator(), scope.step()).parameterGradient(scope);
    return null;
  }

  @Override
  public Void visitLoss(Computation.Loss computation) {
    LossLowering.loss(scope, computation.kind());
    return null;
  }

  @Override
  public Void visitLossGradient(Computation.LossGradient computation) {
    LossLowering.lossGradient(scope, computation.kind());
    return null;
  }

  @Override
  public Void visitAccumulate(Computation.Accumulate computation) {
    GradientSums.accumulate(scope);
    return null;
  }

  @Override
  public Void visitUpdate(Computation.Update computation) {
    UpdateLowering.update(scope, computation.optimizer());
    return null;
  }

  @Override
  public Void visitGradientUpdate(Computation.GradientUpdate computation) {
    OperatorLowerings.of(computation.operator(), scope.step()).parameterGradient(scope);
    return null;
  }
}
