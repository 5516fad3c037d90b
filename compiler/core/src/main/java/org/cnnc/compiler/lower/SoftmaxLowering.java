package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.multiply;
import static org.cnnc.compiler.lower.Loops.subtract;
import static org.cnnc.compiler.lower.OperationScope.load;

import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * {@code y[j] = exp(x[j] - max) / sum over k of exp(x[k] - max)}; {@code dx[j] = y[j] * (dy[j] -
 * sum over k of y[k] * dy[k])}.
 */
final class SoftmaxLowering implements OperatorLowering {
  @Override
  public void forward(OperationScope scope) {
    ArrayRef scores = scope.row(scope.operation().input(0));
    ArrayRef output = scope.row(scope.operation().output());
    int count = scope.operation().output().shape().elements();
    SoftmaxLoops.largestAndSum(scores, count).forEach(scope::add);
    scope.add(
        loop(
            "j",
            count,
            j -> new Store(output, j, divide(SoftmaxLoops.power(scores, j), SoftmaxLoops.SUM))));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    ArrayRef dOut = scope.row(scope.operation().input(0));
    ArrayRef output = scope.row(scope.operation().input(1));
    ArrayRef dIn = scope.row(scope.operation().output());
    int count = scope.operation().output().shape().elements();
    Var common = new Var("common", ValueType.SCALAR);
    scope.add(new Let("common", Loops.ZERO));
    scope.add(
        loop(
            "j",
            count,
            j -> new Assign("common", new Fma(load(output, j), load(dOut, j), common))));
    scope.add(
        loop(
            "j",
            count,
            j -> new Store(dIn, j, multiply(load(output, j), subtract(load(dOut, j), common)))));
  }
}
