package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.multiply;
import static org.cnnc.compiler.lower.Loops.subtract;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.StepScalar;
import org.cnnc.compiler.train.Tensor;

/**
 * One step of the optimizer, element by element, with g the gradient and w the parameter:
 *
 * <pre>
 * SGD:   g += decay * w;  v = momentum * v + g;  w -= rate * (nesterov ? g + momentum * v : v)
 * Adam:  g += decay * w;  m += (1 - beta1) * (g - m);  v = beta2 * v + (1 - beta2) * g * g
 *        w -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * Source: the algorithms on the pages of torch.optim.SGD and torch.optim.Adam. Where nobody else
 * reads g, it is not stored: the sums of its blocks are added here ({@link RowGradient}), or its
 * rows come as they are summed ({@link GradientRows}).
 */
final class UpdateLowering {
  private UpdateLowering() {}

  /** The rows of the task at hand. */
  static void update(OperationScope scope, OptimizerSpec optimizer) {
    Tensor gradient = scope.operation().input(0);
    List<Tensor> changed = scope.operation().inputs().subList(1, scope.operation().inputs().size());
    Changed update = new Changed(optimizer, changed);
    int length = scope.parameterBuffer(changed.get(0)).length();
    bindScalars(scope, optimizer);
    scope.add(
        scope.rowsOfTask(
            scope.parameterBuffer(changed.get(0)).rows(),
            row ->
                update.row(
                    scope,
                    row,
                    scope.isInBlocksAlone(gradient)
                        ? RowGradient.inBlocks(
                            scope, scope.partialSums(gradient).orElseThrow(), row)
                        : RowGradient.of(List.of(scope.parameterRow(gradient, row)), length))));
  }

  /**
   * What an update changes.
   *
   * @param tensors the parameter, then its states
   */
  record Changed(OptimizerSpec optimizer, List<Tensor> tensors) {
    Changed {
      tensors = List.copyOf(tensors);
    }

    Tensor parameter() {
      return tensors.get(0);
    }

    /** Some rows, whose gradients are the rows of scratch memory from its first one on. */
    void rows(OperationScope scope, Index first, int rows, Buffer gradients) {
      bindScalars(scope, optimizer);
      int length = scope.parameterBuffer(parameter()).length();
      scope.add(
          loop(
              "row",
              rows,
              row -> {
                ArrayRef gradient = OperationScope.row(gradients, row);
                return row(scope, first.plus(row), RowGradient.of(List.of(gradient), length));
              }));
    }

    private Stmt row(OperationScope scope, Index row, RowGradient gradient) {
      int length = scope.parameterBuffer(parameter()).length();
      List<Stmt> statements = new ArrayList<>(gradient.bound());
      statements.add(new LetArray("parameter", scope.parameterRow(parameter(), row)));
      List<ArrayVar> states = new ArrayList<>();
      for (Tensor state : tensors.subList(1, tensors.size())) {
        String name = "state" + states.size();
        statements.add(new LetArray(name, scope.parameterRow(state, row)));
        states.add(new ArrayVar(name, length));
      }
      Element element = new Element(optimizer, new ArrayVar("parameter", length), states);
      statements.add(gradient.eachElement(element::at));
      return new Block(statements);
    }
  }

  private static void bindScalars(OperationScope scope, OptimizerSpec optimizer) {
    List<StepScalar> used =
        optimizer instanceof OptimizerSpec.Adam
            ? List.of(StepScalar.ADAM_STEP_SIZE, StepScalar.ADAM_INVERSE_SQRT_CORRECTION)
            : List.of(StepScalar.RATE);
    used.forEach(scalar -> scope.add(new Let(local(scalar).name(), scope.scalar(scalar))));
  }

  private static Var local(StepScalar scalar) {
    String name =
        switch (scalar) {
          case RATE -> "rate";
          case INVERSE_IMAGES -> "inverseImages";
          case ADAM_STEP_SIZE -> "stepSize";
          case ADAM_INVERSE_SQRT_CORRECTION -> "correction";
        };
    return new Var(name, ValueType.SCALAR);
  }

  /**
   * What is done with each element of a row.
   *
   * @param parameter the row
   * @param states rows of the optimizer's states
   */
  private record Element(OptimizerSpec optimizer, ArrayVar parameter, List<ArrayVar> states) {
    Stmt at(Index i, Expr gradient) {
      return optimizer instanceof OptimizerSpec.Adam adam
          ? adam(adam, i, gradient)
          : sgd((OptimizerSpec.Sgd) optimizer, i, gradient);
    }

    private Stmt sgd(OptimizerSpec.Sgd sgd, Index i, Expr gradient) {
      Locals locals = new Locals();
      Expr weight = locals.let("w", load(parameter, i));
      Expr change = locals.let("g", decayed(sgd.weightDecay(), weight, gradient));
      if (sgd.momentum() != 0) {
        ArrayVar velocity = states.get(0);
        Expr momentum = new Const(sgd.momentum());
        Expr speed = locals.let("v", new Fma(momentum, load(velocity, i), change));
        locals.add(new Store(velocity, i, speed));
        change = sgd.nesterov() ? new Fma(momentum, speed, change) : speed;
      }
      Expr backwards = new Unary(Unary.Op.NEGATE, local(StepScalar.RATE));
      return locals.finish(new Store(parameter, i, new Fma(backwards, change, weight)));
    }

    private Stmt adam(OptimizerSpec.Adam adam, Index i, Expr sum) {
      ArrayVar first = states.get(0);
      ArrayVar second = states.get(1);
      Locals locals = new Locals();
      Expr weight = locals.let("w", load(parameter, i));
      Expr gradient = locals.let("g", decayed(adam.weightDecay(), weight, sum));
      Expr before = locals.let("before", load(first, i));
      Expr mean =
          locals.let("m", new Fma(oneMinus(adam.beta1()), subtract(gradient, before), before));
      Expr faded = multiply(new Const(adam.beta2()), load(second, i));
      Expr square =
          locals.let("v", new Fma(multiply(oneMinus(adam.beta2()), gradient), gradient, faded));
      locals.add(new Store(first, i, mean));
      locals.add(new Store(second, i, square));
      Expr root = new Unary(Unary.Op.SQRT, square);
      Expr divisor =
          add(
              multiply(root, local(StepScalar.ADAM_INVERSE_SQRT_CORRECTION)),
              new Const(adam.epsilon()));
      Expr backwards = new Unary(Unary.Op.NEGATE, local(StepScalar.ADAM_STEP_SIZE));
      return locals.finish(
          new Store(parameter, i, new Fma(backwards, divide(mean, divisor), weight)));
    }

    private static Expr decayed(float decay, Expr weight, Expr gradient) {
      return decay == 0 ? gradient : new Fma(new Const(decay), weight, gradient);
    }
  }

  /** 1 - beta of the decimal that was written, rounded once: 1 - 0.9 is 0.1f, not 1 - 0.9f. */
  private static Expr oneMinus(float beta) {
    BigDecimal written = new BigDecimal(Float.toString(beta));
    return new Const(BigDecimal.ONE.subtract(written).floatValue());
  }
}
