package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;

/**
 * Lets some images, of a block of a training step or of several predictions, go through the layers
 * together, where an operation gains from that: what it reads of a large weight then serves them
 * all. The other operations of the phase stay image by image, but values that they exchange with it
 * are there for the whole group.
 */
final class GroupImages {
  /** So many sums share a vector in registers; more images only need more memory. */
  private static final int MOST_IMAGES = 4;

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
      Set<Operation> together = new HashSet<>();
      for (Operation operation : phase.operations()) {
        if (phase.granularity() == Granularity.IMAGE && needs.gainsFromGroups(step, operation)) {
          together.add(operation);
        }
      }
      phases.add(together.isEmpty() ? phase : phase.inGroups(size, together));
    }
    return step.withPhases(phases);
  }
}
