package org.cnnc.compiler.schedule;

import java.util.stream.Stream;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Whether a phase is worth more than one thread. Handing its tasks to another one, and waiting for
 * the last of them, takes about a microsecond while both spin, and what they exchange goes from
 * core to core; so a phase that one thread finishes in a few microseconds stays there. Times are
 * estimates for the reference machine, for all images of a batch: the same text gives the same code
 * everywhere.
 */
final class ThreadShare {
  /** Shorter phases stay on one thread. */
  private static final double WORTH_NANOS = 4_000;

  /** What a kernel does in registers. */
  private static final double MULTIPLY_ADDS_PER_NANO = 20;

  /** Loops over elements: a few loads, a store. */
  private static final double ELEMENTS_PER_NANO = 4;

  /** What is brought into another order, float by float. */
  private static final double ORDERED_PER_NANO = 1;

  /** A call of an operation's function. */
  private static final double CALL_NANOS = 10;

  private final ScheduledStep step;

  ThreadShare(ScheduledStep step) {
    this.step = step;
  }

  boolean isSmall(StepPhase phase) {
    return phase.operations().stream().mapToDouble(this::nanos).sum() < WORTH_NANOS;
  }

  /** Of the phase that brings parameters into the orders that kernels read. */
  boolean isPreparationSmall() {
    return step.graph().operations().stream()
            .flatMap(operation -> step.scratch(operation).stream())
            .filter(scratch -> scratch.lifetime() == Lifetime.PARAMETERS)
            .mapToDouble(scratch -> CALL_NANOS + size(scratch) / ORDERED_PER_NANO)
            .sum()
        < WORTH_NANOS;
  }

  private static double size(Scratch scratch) {
    return (double) scratch.rows() * scratch.length();
  }

  private double nanos(Operation operation) {
    boolean imageWise = operation.computation().granularity() == Granularity.IMAGE;
    int batch = step.graph().batch();
    int times = imageWise ? batch : step.mechanical().parameterTasks();
    double elements = elements(operation) * (imageWise ? batch : 1);
    return CALL_NANOS * times
        + elements / ELEMENTS_PER_NANO
        + multiplyAddsOfImage(operation) * batch / MULTIPLY_ADDS_PER_NANO;
  }

  private double multiplyAddsOfImage(Operation operation) {
    Kernel kernel = step.kernels().get(operation.name());
    return kernel == null ? 0 : (double) kernel.work().multiplyAdds() / kernel.work().images();
  }

  /** What is written. */
  private static double elements(Operation operation) {
    Stream<Tensor> written =
        operation.computation().updates() // parameters and their states
            ? operation.inputs().stream()
                .filter(tensor -> tensor.role() == Role.PARAMETER || tensor.role() == Role.STATE)
            : operation.outputs().stream();
    return written.mapToDouble(ThreadShare::elements).sum();
  }

  private static double elements(Tensor tensor) {
    return tensor.dims().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
  }
}
