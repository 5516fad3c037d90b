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
 * Source: the algorithms on the pages of torch.optim.SGD and torch.optim.Adam.
 */
final class UpdateLowering {
  private static final ArrayVar NO_ARRAY = new ArrayVar("none", 1);

  private UpdateLowering() {}

  static void update(OperationScope scope, OptimizerSpec optimizer) {
    Tensor gradient = scope.operation().input(0);
    Tensor parameter = scope.operation().input(1);
    List<Tensor> states = scope.operation().inputs().subList(2, scope.operation().inputs().size());
    Buffer buffer = scope.parameterBuffer(parameter);
    int length = buffer.length();
    bindScalars(scope, optimizer);
    scope.add(
        scope.rowsOfTask(
            buffer.rows(),
            row -> {
              List<Stmt> statements = new ArrayList<>();
              statements.add(new LetArray("gradient", scope.parameterRow(gradient, row)));
              statements.add(new LetArray("parameter", scope.parameterRow(parameter, row)));
              List<ArrayVar> arrays = new ArrayList<>();
              for (Tensor state : states) {
                String name = "state" + arrays.size();
                statements.add(new LetArray(name, scope.parameterRow(state, row)));
                arrays.add(new ArrayVar(name, length));
              }
              statements.add(loop("i", length, i -> element(optimizer, length, arrays, i)));
              return new Block(statements);
            }));
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

  private static Stmt element(OptimizerSpec optimizer, int length, List<ArrayVar> states, Index i) {
    if (optimizer instanceof OptimizerSpec.Adam adam) {
      return adamElement(adam, length, states, i);
    }
    return sgdElement(
        (OptimizerSpec.Sgd) optimizer, length, states.isEmpty() ? NO_ARRAY : states.get(0), i);
  }

  private static Stmt sgdElement(OptimizerSpec.Sgd sgd, int length, ArrayVar velocity, Index i) {
    ArrayVar parameter = new ArrayVar("parameter", length);
    Locals locals = new Locals();
    Expr weight = locals.let("w", load(parameter, i));
    Expr change = locals.let("g", decayed(sgd.weightDecay(), weight, length, i));
    if (sgd.momentum() != 0) {
      Expr momentum = new Const(sgd.momentum());
      Expr speed = locals.let("v", new Fma(momentum, load(velocity, i), change));
      locals.add(new Store(velocity, i, speed));
      change = sgd.nesterov() ? new Fma(momentum, speed, change) : speed;
    }
    Expr backwards = new Unary(Unary.Op.NEGATE, local(StepScalar.RATE));
    return locals.finish(new Store(parameter, i, new Fma(backwards, change, weight)));
  }

  private static Stmt adamElement(
      OptimizerSpec.Adam adam, int length, List<ArrayVar> states, Index i) {
    ArrayVar parameter = new ArrayVar("parameter", length);
    ArrayVar first = states.get(0);
    ArrayVar second = states.get(1);
    Locals locals = new Locals();
    Expr weight = locals.let("w", load(parameter, i));
    Expr gradient = locals.let("g", decayed(adam.weightDecay(), weight, length, i));
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

  private static Expr decayed(float decay, Expr weight, int length, Index i) {
    Expr gradient = load(new ArrayVar("gradient", length), i);
    return decay == 0 ? gradient : new Fma(new Const(decay), weight, gradient);
  }

  /** 1 - beta of the decimal that was written, rounded once: 1 - 0.9 is 0.1f, not 1 - 0.9f. */
  private static Expr oneMinus(float beta) {
    BigDecimal written = new BigDecimal(Float.toString(beta));
    return new Const(BigDecimal.ONE.subtract(written).floatValue());
  }
}
