package org.cnnc.cli.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.cnnc.cli.measure.Measurement;
import org.cnnc.compiler.schedule.CostModel;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelExplanation;
import org.cnnc.compiler.schedule.Machine;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.Computation.Forward;
import org.cnnc.compiler.train.Computation.GradientUpdate;
import org.cnnc.compiler.train.Computation.InputGradient;
import org.cnnc.compiler.train.Computation.ParameterGradient;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * What is to be told of one operation.
 *
 * @param pitch floats from one row of the result to the next; absent where it has no rows
 * @param kernel absent where no sums are tiled
 * @param machine that speed is expected of
 * @param seconds of an image, as measured
 * @param peak FLOP a second, as measured
 */
public record OperationReport(
    Operation operation,
    OptionalInt pitch,
    Optional<Kernel> kernel,
    Machine machine,
    OptionalDouble seconds,
    OptionalDouble peak) {

  /** What is known of an operation of a step. */
  public static OperationReport of(
      ScheduledStep step, Operation operation, Machine machine, Optional<Measurement> measurement) {
    return new OperationReport(
        operation,
        pitch(step, operation),
        Optional.ofNullable(step.kernels().get(operation.name())),
        machine,
        of(measurement.map(measured -> measured.seconds().get(operation.name()))),
        of(measurement.map(Measurement::peak)));
  }

  private static OptionalDouble of(Optional<Double> number) {
    return number.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static OptionalInt pitch(ScheduledStep step, Operation operation) {
    if (operation.outputs().isEmpty()) {
      return OptionalInt.empty();
    }
    Tensor result = operation.output();
    boolean image =
        (result.role() == Tensor.Role.VALUE || result.role() == Tensor.Role.VALUE_GRADIENT)
            && !result.shape().isVector();
    return image ? OptionalInt.of(step.pitch(result)) : OptionalInt.empty();
  }

  /** Name of the operation; where it ends with another layer, that of its value, too. */
  public String name() {
    return isFused(operation)
        ? operation.name() + ".." + operation.output().name()
        : operation.name();
  }

  /** Whether an operation computes a layer and others behind it at once. */
  public static boolean isFused(Operation operation) {
    return operation.computation() instanceof PooledForward || isActivated(operation);
  }

  private static boolean isActivated(Operation operation) {
    return operation.computation() instanceof Forward forward && forward.activation().isPresent();
  }

  /** What is computed, in words. */
  public String what() {
    if (isActivated(operation)) {
      return "forward, with its activation";
    }
    if (operation.computation() instanceof Forward) {
      return operation.name().equals(operation.layer()) ? "forward" : operation.name();
    }
    if (operation.computation() instanceof PooledForward pooled) {
      return pooled.activation().isPresent()
          ? "forward, with its activation and max pool"
          : "forward, with its max pool";
    }
    if (operation.computation() instanceof InputGradient) {
      return "gradient of the input";
    }
    if (operation.computation() instanceof GradientUpdate) {
      return "gradient of the parameters, and the optimizer's step with it";
    }
    return operation.computation() instanceof ParameterGradient
        ? "gradient of the parameters"
        : operation.name();
  }

  /** Why the kernel is as it is. */
  public Optional<KernelExplanation> explanation() {
    return kernel.map(found -> KernelExplanation.of(found, machine));
  }

  /** FLOP of an image, a multiply-add counting two; 0 where no sums are tiled. */
  public double flop() {
    return kernel
        .map(found -> 2.0 * found.work().multiplyAdds() / found.work().images())
        .orElse(0.0);
  }

  /** Part of the machine's peak, as expected. */
  public OptionalDouble expectedShare() {
    return of(kernel.map(found -> CostModel.cost(found.work(), found.choice(), machine).share()));
  }

  /** FLOP a second, as expected; absent when the peak was not measured. */
  public OptionalDouble expectedSpeed() {
    return expectedShare().isPresent() && peak.isPresent()
        ? OptionalDouble.of(expectedShare().getAsDouble() * peak.getAsDouble())
        : OptionalDouble.empty();
  }

  /** FLOP a second, as measured. */
  public OptionalDouble speed() {
    return kernel.isPresent() && seconds.isPresent()
        ? OptionalDouble.of(flop() / seconds.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Part of the machine's peak, as measured. */
  public OptionalDouble share() {
    return speed().isPresent()
        ? OptionalDouble.of(speed().getAsDouble() / peak.orElseThrow())
        : OptionalDouble.empty();
  }
}
