package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Checks a schedule: every operation in one phase, what must wait behind a barrier, rows that do
 * not overlap.
 */
public final class ScheduleVerifier {
  private ScheduleVerifier() {}

  /**
   * Checks everything.
   *
   * @throws InternalCompilerError naming what is broken
   */
  public static void verify(ScheduledStep step) {
    List<Operation> scheduled = new ArrayList<>();
    step.phases().forEach(phase -> scheduled.addAll(phase.operations()));
    require(
        scheduled.size() == step.graph().operations().size()
            && new HashSet<>(scheduled).equals(new HashSet<>(step.graph().operations())),
        "not every operation is in one phase");
    verifyBarriers(step);
    verifyUpdates(step);
    verifyGroups(step);
    verifyPitches(step);
    verifyKernels(step);
    int images = step.numeric().imageBlocks() * step.numeric().imagesPerBlock();
    require(images >= step.graph().batch(), "the blocks hold fewer images than the batch");
    require(
        images - step.numeric().imagesPerBlock() < step.graph().batch(),
        "the last block can hold no image");
  }

  private static void verifyBarriers(ScheduledStep step) {
    Map<Integer, Integer> producedIn = new HashMap<>();
    for (int position = 0; position < step.phases().size(); position++) {
      StepPhase phase = step.phases().get(position);
      for (Operation operation : phase.operations()) {
        require(
            operation.computation().granularity() == phase.granularity(),
            operation.name() + " is in a phase that is cut in another way");
        for (Tensor input : operation.inputs()) {
          verifyInput(operation, input, producedIn.get(input.id()), position);
        }
        for (Tensor output : operation.outputs()) {
          producedIn.put(output.id(), position);
        }
      }
    }
  }

  /**
   * Parameters and states change once, in a phase behind all that read them: no tensor orders the
   * gradient of an input and the update of the weight that it reads.
   */
  private static void verifyUpdates(ScheduledStep step) {
    Set<Tensor> changed = new HashSet<>();
    for (StepPhase phase : step.phases()) {
      for (Operation operation : phase.operations()) {
        if (operation.computation().updates()) {
          for (Tensor tensor : lasting(operation)) {
            require(changed.add(tensor), tensor.name() + " changes twice");
          }
        }
      }
      for (Operation operation : phase.operations()) {
        for (Tensor tensor : lasting(operation)) {
          require(
              operation.computation().updates() || !changed.contains(tensor),
              operation.name() + " needs " + tensor.name() + " before it changes");
        }
      }
    }
  }

  private static List<Tensor> lasting(Operation operation) {
    return operation.inputs().stream()
        .filter(input -> input.role() == Role.PARAMETER || input.role() == Role.STATE)
        .toList();
  }

  /** Checks an input; {@code phase} and {@code producer}'s are positions in the step. */
  private static void verifyInput(Operation operation, Tensor input, Integer producer, int phase) {
    if (producer == null) {
      boolean outside =
          switch (input.role()) {
            case VALUE, TARGET, LOSS, PARAMETER, STATE -> true;
            case VALUE_GRADIENT, PLACES, PARAMETER_GRADIENT -> false;
          };
      require(outside, operation.name() + " runs before " + input.name() + " is there");
      return;
    }
    boolean partial =
        input.role() == Role.PARAMETER_GRADIENT
            && operation.computation().granularity() == Granularity.IMAGE;
    require(
        producer < phase || !partial, operation.name() + " needs a barrier after " + input.name());
  }

  private static void verifyGroups(ScheduledStep step) {
    for (StepPhase phase : step.phases()) {
      int block = step.graph().training() ? step.numeric().imagesPerBlock() : step.mostImages();
      int most = phase.granularity() == Granularity.IMAGE ? block : 1;
      require(
          phase.group() <= most,
          "groups of " + phase.group() + " images in blocks of " + most + ", in " + phase.name());
      for (Operation operation : phase.together()) {
        require(
            operation.computation() instanceof Computation.Forward
                || operation.computation() instanceof Computation.InputGradient,
            operation.name() + " cannot be computed for a group at once");
      }
    }
  }

  private static void verifyPitches(ScheduledStep step) {
    for (Tensor tensor : step.graph().withRole(Role.VALUE)) {
      int width = tensor.shape().isVector() ? tensor.shape().channels() : tensor.shape().width();
      require(
          step.pitches().containsKey(tensor.id()) && step.pitch(tensor) >= width,
          "rows of " + tensor.name() + " overlap");
    }
  }

  private static void verifyKernels(ScheduledStep step) {
    Set<String> operations = new HashSet<>();
    step.graph().operations().forEach(operation -> operations.add(operation.name()));
    Stream.of(step.kernels(), step.kernelsOfOne())
        .flatMap(kernels -> kernels.entrySet().stream())
        .forEach(kernel -> verifyKernel(operations, kernel.getKey(), kernel.getValue()));
  }

  private static void verifyKernel(Set<String> operations, String name, Kernel kernel) {
    require(operations.contains(name), "a kernel of " + name + ", which is no operation");
    require(kernel.isPossible(), name + " cannot have " + kernel.choice());
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InternalCompilerError("schedule: " + message);
    }
  }
}
