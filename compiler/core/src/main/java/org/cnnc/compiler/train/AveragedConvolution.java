package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * A convolution of stride 1 whose values go into an average pool and nowhere else. All elements of
 * a window then have the same gradient, so the sum over them may be taken of what the weights were
 * multiplied with instead: with {@code g} the gradient of the pool's value, {@code K} its kernel
 * and {@code S} its stride,
 *
 * <pre>{@code
 * d_weight[r, c] = sum over windows (y, x) of g[y, x] * a[S y + r, S x + c]
 * a[i, j]        = sum over K x K of image[i + .., j + ..] / K^2
 * }</pre>
 *
 * which is the gradient of a convolution with the pool's stride over the averages {@code a}: for
 * windows of 2 x 2 a quarter of the work. What is between, an activation, would stop that.
 */
record AveragedConvolution(Node convolution, Node pool) {
  private static final Size ONE = new Size(1, 1);

  /**
   * An element of the averages costs as much for each tap as so many multiply-adds of a weight's
   * gradient: loads and stores, where those are sums in registers (measured, 5 to 7 on vectors).
   */
  private static final int MULTIPLY_ADDS_OF_TAP = 8;

  /** All of a network where that saves work. */
  static List<AveragedConvolution> find(ValueUses uses) {
    List<AveragedConvolution> found = new ArrayList<>();
    for (Node node : uses.nodes()) {
      if (node.operator() instanceof Conv2d conv && conv.window().stride().equals(ONE)) {
        uses.onlyUser(node)
            .flatMap(user -> of(node, user))
            .filter(AveragedConvolution::savesWork)
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<AveragedConvolution> of(Node convolution, Node user) {
    return user.operator()
        .averages()
        .filter(windows -> windows.padding().isNone())
        .map(windows -> new AveragedConvolution(convolution, user));
  }

  private boolean savesWork() {
    long averaging =
        (long) averagesShape().elements()
            * windows().kernel().rows()
            * windows().kernel().columns()
            * MULTIPLY_ADDS_OF_TAP;
    return averaging + overAverages().multiplyAdds(averagesShape())
        < operator().multiplyAdds(convolution.input().shape());
  }

  private Conv2d operator() {
    return (Conv2d) convolution.operator();
  }

  private Window windows() {
    return pool.operator().averages().orElseThrow();
  }

  /** The averages {@code a} of the convolution's input, where they see some of the image. */
  Operator averages() {
    return Operator.averageOf(windowsOfAverages());
  }

  private Window windowsOfAverages() {
    Padding all = operator().window().padding();
    int rows = windows().kernel().rows() - 1;
    int columns = windows().kernel().columns() - 1;
    return new Window(
        windows().kernel(),
        ONE,
        new Padding(
            Math.min(all.top(), rows),
            Math.min(all.bottom(), rows),
            Math.min(all.left(), columns),
            Math.min(all.right(), columns)));
  }

  TensorShape averagesShape() {
    return averages().outputShape(convolution.input().shape());
  }

  /** What gives the pool's value from the averages: what is left of the padding is zeros there. */
  Conv2d overAverages() {
    Padding all = operator().window().padding();
    Padding taken = windowsOfAverages().padding();
    return new Conv2d(
        operator().outChannels(),
        new Window(
            operator().window().kernel(),
            windows().stride(),
            new Padding(
                all.top() - taken.top(),
                all.bottom() - taken.bottom(),
                all.left() - taken.left(),
                all.right() - taken.right())),
        operator().bias());
  }
}
