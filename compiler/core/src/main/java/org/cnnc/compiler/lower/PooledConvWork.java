package org.cnnc.compiler.lower;

import java.util.Optional;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;

/** What the kernel of a convolution with its pool has to do for one image, where there is one. */
final class PooledConvWork {
  /** A sum for each place of a window's row: more would leave no registers for more channels. */
  private static final int MOST_COLUMNS = 4;

  /** Rows of sums that are read at once to find the largest. */
  private static final int MOST_PLACES = 9;

  /** Wide kernels would spend more on bringing the input into planes than the pool takes apart. */
  private static final int MOST_WRITTEN = 4;

  private PooledConvWork() {}

  /** Absent where no loops compute all of it at once. */
  static Optional<KernelWork> of(PooledForward pooled, ScheduledStep step, Operation operation) {
    TensorShape input = operation.input(0).shape();
    if (step.mechanical().target() != Target.VECTOR
        || !pooled.activation().map(f -> ActivationFormula.of(f).isArithmetic()).orElse(true)) {
      return Optional.empty();
    }
    return switch (PooledLowering.algorithm(step, operation, pooled)) {
      case DIRECT -> direct(pooled, input);
      case WINOGRAD -> byWinograd(pooled, step, operation);
    };
  }

  private static Optional<KernelWork> byWinograd(
      PooledForward pooled, ScheduledStep step, Operation operation) {
    if (!WinogradMaxima.areTiles(pooled.windows())) {
      return Optional.empty();
    }
    TensorShape input = operation.input(0).shape();
    WinogradGeometry geometry =
        WinogradConvLowering.forwardGeometry(step, pooled.convolution(), input);
    return Optional.of(WinogradWork.pooled(geometry, operation.output().shape()));
  }

  private static Optional<KernelWork> direct(PooledForward pooled, TensorShape input) {
    Size window = pooled.windows().kernel();
    if (window.columns() > MOST_COLUMNS || PoolPlaces.taps(pooled.windows()) > MOST_PLACES) {
      return Optional.empty();
    }
    WindowPlanes planes = planes(pooled, input);
    int fanIn = pooled.convolution().parameters(input).get(0).fanIn();
    if (planes.length() > LetIndex.LARGEST
        || planes.written() > (long) MOST_WRITTEN * input.elements()) {
      return Optional.empty();
    }
    int channels = pooled.convolution().outChannels();
    long elements = pooled.convolution().outputShape(input).elements();
    return Optional.of(
        new KernelWork(
            Form.REGISTERS,
            new Axes("output channels", "kernel taps x input channels", "windows of the pool"),
            channels,
            fanIn,
            planes.windows(),
            window.rows(),
            Math.multiplyExact(elements, fanIn),
            new Copies(0, planes.written()),
            1,
            window.columns()));
  }

  static WindowPlanes planes(PooledForward pooled, TensorShape input) {
    return new WindowPlanes(
        pooled.convolution(), pooled.windows(), input, pooled.outputShape(input));
  }
}
