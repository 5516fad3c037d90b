package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradient of a convolution's value, of which one element for each window of a pool is given;
 * all others are zero.
 *
 * @param elements one a window
 * @param places where in its window each belongs
 * @param pool the windows
 */
record WindowGradient(Tensor elements, Tensor places, Window pool) {
  /** Of an operation of a convolution's backward pass; absent when the whole gradient is given. */
  static Optional<WindowGradient> of(Operation operation) {
    return windows(operation.computation())
        .map(
            pool -> {
              List<Tensor> inputs = operation.inputs();
              return new WindowGradient(inputs.get(0), inputs.get(inputs.size() - 1), pool);
            });
  }

  private static Optional<Window> windows(Computation computation) {
    if (computation instanceof Computation.InputGradient gradient) {
      return gradient.windows();
    }
    return computation instanceof Computation.ParameterGradient gradient
        ? gradient.windows()
        : Optional.empty();
  }

  /** Channels, and the rows and columns of windows. */
  TensorShape shape() {
    return elements.shape();
  }

  int windows() {
    return shape().height() * shape().width();
  }

  /** Places of a window. */
  int taps() {
    return PoolPlaces.taps(pool);
  }

  /** Reads the place of a window under a name. */
  LetIndex readPlace(OperationScope scope, String name, Index channel, Index y, Index x) {
    Index at = y.times(scope.step().pitch(places)).plus(x);
    return new LetIndex(place(name), scope.row(places, channel), at);
  }

  /** What {@link #readPlace} binds. */
  IndexVar place(String name) {
    return new IndexVar(name, 0, taps() - 1);
  }

  Expr element(OperationScope scope, Index channel, Index y, Index x) {
    return load(scope.row(elements, channel), y.times(scope.step().pitch(elements)).plus(x));
  }

  /**
   * Where the element of a window is in the plane of the convolution's value.
   *
   * @param rowStride from one row of that plane to the next
   * @param columnStride from one column to the next
   */
  Index pixel(Index y, Index x, Index place, int rowStride, int columnStride) {
    int columns = pool.kernel().columns();
    return y.times(pool.stride().rows() * rowStride)
        .plus(x.times(pool.stride().columns() * columnStride))
        .plus(place.dividedBy(columns).times(rowStride))
        .plus(place.remainder(columns).times(columnStride));
  }

  /** Where an element is stored. */
  record Target(ArrayRef array, Index index) {}

  /** Puts the element of a window to where {@code target} tells, by its place. */
  Stmt put(OperationScope scope, Index channel, Index y, Index x, Function<Index, Target> target) {
    IndexVar place = place("place");
    Target found = target.apply(place);
    return new Block(
        List.of(
            readPlace(scope, place.name(), channel, y, x),
            new Store(found.array(), found.index(), element(scope, channel, y, x))));
  }

  /** Where the element of a window belongs. */
  interface Scattering {
    Target of(Index channel, Index y, Index x, Index place);
  }

  /** Clears all rows of a buffer, and puts all elements, channel by channel. */
  Stmt scatter(OperationScope scope, Buffer buffer, String channels, Scattering targets) {
    Stmt clear =
        Loops.loop(
            "row",
            buffer.rows(),
            r -> new Fill(OperationScope.row(buffer, r), 0, buffer.length(), Loops.ZERO));
    Stmt put =
        Loops.loop(
            channels,
            shape().channels(),
            channel ->
                Loops.loop(
                    "y",
                    shape().height(),
                    y ->
                        Loops.loop(
                            "x",
                            shape().width(),
                            x ->
                                put(
                                    scope,
                                    channel,
                                    y,
                                    x,
                                    place -> targets.of(channel, y, x, place)))));
    return new Block(List.of(clear, put));
  }

  /** The row of that plane that the element of a window belongs to. */
  Index pixelRow(Index y, Index place) {
    return y.times(pool.stride().rows()).plus(place.dividedBy(pool.kernel().columns()));
  }

  /** The column of that plane that the element of a window belongs to. */
  Index pixelColumn(Index x, Index place) {
    return x.times(pool.stride().columns()).plus(place.remainder(pool.kernel().columns()));
  }

  /** How far a place is from the first one of its window. */
  int offset(int place, int rowStride, int columnStride) {
    int columns = pool.kernel().columns();
    return place / columns * rowStride + place % columns * columnStride;
  }
}
