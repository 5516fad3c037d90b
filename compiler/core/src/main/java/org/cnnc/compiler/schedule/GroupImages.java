package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Lets some images, of a block of a training step or of several predictions, go through the layers
 * together, where an operation gains from that: what it reads of a large weight then serves them
 * all. The other operations of the phase stay image by image, but values that they exchange with it
 * are there for the whole group.
 *
 * <p>Of these, in training, an operation whose weight is large beside its values of one image is
 * computed for all images of the group before the next one begins: so the weight is still in a
 * core's own cache when the next image comes. Only where there are groups anyway, since they take
 * the memory of all their images' values.
 */
final class GroupImages {
  /** So many sums share a vector in registers; more images only need more memory. */
  private static final int MOST_IMAGES = 4;

  /** Floats; smaller weights stay in the cache anyway. */
  private static final long LARGE_WEIGHT = 1 << 16;

  /** Times the values of an image, which come and go with it. */
  private static final long LARGE_BESIDE_VALUES = 2;

  private GroupImages() {}

  /** The same in groups, if that can pay. */
  static ScheduledStep apply(ScheduledStep step, LoopNeeds needs) {
    int perBlock = step.graph().training() ? step.numeric().imagesPerBlock() : MOST_IMAGES;
    if (perBlock == 1) {
      return step;
    }
    int groups = (perBlock + MOST_IMAGES - 1) / MOST_IMAGES;
    int size = (perBlock + groups - 1) / groups;
    List<StepPhase> phases = new ArrayList<>();
    for (StepPhase phase : step.phases()) {
      phases.add(
          phase.granularity() == Granularity.IMAGE ? apply(step, phase, size, needs) : phase);
    }
    return step.withPhases(phases);
  }

  private static StepPhase apply(ScheduledStep step, StepPhase phase, int size, LoopNeeds needs) {
    Set<Operation> together = new HashSet<>();
    Set<Operation> inTurn = new HashSet<>();
    for (Operation operation : phase.operations()) {
      if (needs.gainsFromGroups(step, operation)) {
        together.add(operation);
      } else if (step.graph().training() && hasLargeWeight(operation)) {
        inTurn.add(operation);
      }
    }
    return together.isEmpty() ? phase : phase.inGroups(size, together, inTurn);
  }

  private static boolean hasLargeWeight(Operation operation) {
    long weight = elements(operation, tensor -> !tensor.role().isPerImage());
    long values = elements(operation, tensor -> tensor.role().isPerImage());
    return weight >= LARGE_WEIGHT && weight >= LARGE_BESIDE_VALUES * values;
  }

  private static long elements(Operation operation, Predicate<Tensor> which) {
    return operation.tensors().stream().filter(which).mapToLong(GroupImages::elements).sum();
  }

  private static long elements(Tensor tensor) {
    return tensor.dims().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
