package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.train.Tensor;

/**
 * The biases of the convolution or fully connected layer whose forward pass is at hand, a number
 * for each of its outputs: its last parameter, where it has them.
 */
final class Bias {
  private Bias() {}

  /** All of them, if there are any. */
  static Optional<ArrayRef> row(OperationScope scope) {
    List<Tensor> inputs = scope.operation().inputs();
    return inputs.size() > 2
        ? Optional.of(scope.parameterRow(inputs.get(2), Index.of(0)))
        : Optional.empty();
  }

  /** What the sum of an output begins with: zero without a bias. */
  static Expr of(OperationScope scope, Index output) {
    return row(scope).map(biases -> load(biases, output)).orElse(Loops.ZERO);
  }
}
