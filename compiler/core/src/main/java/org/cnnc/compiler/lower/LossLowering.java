package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.multiply;
import static org.cnnc.compiler.lower.Loops.subtract;
import static org.cnnc.compiler.lower.OperationScope.load;

import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.StepScalar;
import org.cnnc.compiler.train.Tensor;

/**
 * The loss of an image and its gradient.
 *
 * <ul>
 *   <li>Cross-entropy from logits x and class t: {@code log(sum of exp(x[j] - max)) - (x[t] -
 *       max)}; the gradient of the mean over n images is {@code (softmax(x)[j] - (j == t)) / n}.
 *   <li>Inner product: {@code sum of x * t}; its gradient is t.
 * </ul>
 */
final class LossLowering {
  private static final Var TARGET = new Var("target", ValueType.SCALAR);

  private LossLowering() {}

  static void loss(OperationScope scope, LossSpec.Kind kind) {
    switch (kind) {
      case CROSS_ENTROPY -> crossEntropy(scope);
      case INNER_PRODUCT -> innerProduct(scope);
    }
  }

  static void lossGradient(OperationScope scope, LossSpec.Kind kind) {
    switch (kind) {
      case CROSS_ENTROPY -> crossEntropyGradient(scope);
      case INNER_PRODUCT -> innerProductGradient(scope);
    }
  }

  private static void crossEntropy(OperationScope scope) {
    ArrayRef scores = scope.row(scope.operation().input(0));
    int count = scope.operation().input(0).shape().elements();
    Var score = new Var("targetScore", ValueType.SCALAR);
    SoftmaxLoops.largestAndSum(scores, count).forEach(scope::add);
    bindTarget(scope);
    scope.add(new Let("targetScore", Loops.ZERO));
    scope.add(
        loop("j", count, j -> new Assign("targetScore", whereTarget(j, load(scores, j), score))));
    Expr log = new IntrinsicCall(IntrinsicCall.Intrinsic.LOG, SoftmaxLoops.SUM);
    scope.add(
        new Store(
            scope.numbers(scope.operation().output()),
            scope.imageIndex(),
            subtract(log, subtract(score, SoftmaxLoops.LARGEST))));
  }

  private static void crossEntropyGradient(OperationScope scope) {
    ArrayRef scores = scope.row(scope.operation().input(0));
    ArrayRef gradient = scope.row(scope.operation().output());
    int count = scope.operation().input(0).shape().elements();
    SoftmaxLoops.largestAndSum(scores, count).forEach(scope::add);
    bindTarget(scope);
    scope.add(new Let("inverseImages", scope.scalar(StepScalar.INVERSE_IMAGES)));
    Var inverse = new Var("inverseImages", ValueType.SCALAR);
    scope.add(
        loop(
            "j",
            count,
            j -> {
              Expr probability = divide(SoftmaxLoops.power(scores, j), SoftmaxLoops.SUM);
              Expr truth = whereTarget(j, Loops.ONE, Loops.ZERO);
              return new Store(gradient, j, multiply(subtract(probability, truth), inverse));
            }));
  }

  private static void bindTarget(OperationScope scope) {
    scope.add(
        new Let(
            TARGET.name(), load(scope.numbers(scope.operation().input(1)), scope.imageIndex())));
  }

  private static Expr whereTarget(Index j, Expr whenTrue, Expr whenFalse) {
    return new Select(Select.Comparison.EQUAL, new IndexToFloat(j), TARGET, whenTrue, whenFalse);
  }

  private static void innerProduct(OperationScope scope) {
    Tensor value = scope.operation().input(0);
    Tensor target = scope.operation().input(1);
    Var sum = new Var("sum", ValueType.SCALAR);
    scope.add(new Let("sum", Loops.ZERO));
    scope.add(
        eachElement(
            scope,
            value,
            (channel, place) ->
                new Assign(
                    "sum",
                    new Fma(
                        load(scope.row(value, channel), place.in(value)),
                        load(scope.row(target, channel), place.in(target)),
                        sum))));
    scope.add(new Store(scope.numbers(scope.operation().output()), scope.imageIndex(), sum));
  }

  private static void innerProductGradient(OperationScope scope) {
    Tensor target = scope.operation().input(1);
    Tensor gradient = scope.operation().output();
    TensorShape shape = gradient.shape();
    boolean vector = shape.isVector();
    int width = vector ? shape.elements() : shape.width();
    scope.add(
        loop(
            "channel",
            vector ? 1 : shape.channels(),
            channel ->
                loop(
                    "y",
                    shape.height(),
                    y ->
                        new Copy(
                            scope.row(target, channel),
                            y.times(scope.step().pitch(target)),
                            scope.row(gradient, channel),
                            y.times(scope.step().pitch(gradient)),
                            width))));
  }

  private interface Place {
    Index in(Tensor tensor);
  }

  private interface ElementBody {
    Stmt of(Index channel, Place place);
  }

  private static Stmt eachElement(OperationScope scope, Tensor tensor, ElementBody body) {
    TensorShape shape = tensor.shape();
    boolean vector = shape.isVector();
    return loop(
        "channel",
        vector ? 1 : shape.channels(),
        channel ->
            loop(
                "y",
                shape.height(),
                y ->
                    loop(
                        "x",
                        vector ? shape.elements() : shape.width(),
                        x -> body.of(channel, t -> y.times(scope.step().pitch(t)).plus(x)))));
  }
}
