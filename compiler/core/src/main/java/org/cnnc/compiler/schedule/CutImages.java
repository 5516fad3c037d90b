package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;

/**
 * Cuts the work of a single image: where a batch has one image only, the large operations of a
 * phase get phases of their own, whose tasks are parts of that image, so that several threads may
 * take them. What is small stays together on one thread.
 */
final class CutImages {
  /** Each part brings the image into order again, so there are few. */
  private static final int MOST_PARTS = 4;

  /** Tells the phase from others, whose names a value may have. */
  private static final String PARTS = ".parts";

  private CutImages() {}

  /** The same with phases cut, if that can pay. */
  static ScheduledStep apply(ScheduledStep step, LoopNeeds needs) {
    if (!step.cutsImages()) {
      return step;
    }
    List<StepPhase> phases = new ArrayList<>();
    for (StepPhase phase : step.phases()) {
      if (phase.granularity() == Granularity.IMAGE) {
        phases.addAll(cut(step, needs, phase));
      } else {
        phases.add(phase);
      }
    }
    return step.withPhases(phases);
  }

  private static List<StepPhase> cut(ScheduledStep step, LoopNeeds needs, StepPhase phase) {
    List<StepPhase> phases = new ArrayList<>();
    List<Operation> together = new ArrayList<>();
    for (Operation operation : phase.operations()) {
      int parts = parts(step, needs, operation);
      if (parts == 1) {
        together.add(operation);
      } else {
        addTogether(phase, phases, together);
        String name = operation.name() + PARTS;
        phases.add(new StepPhase(name, Granularity.IMAGE, List.of(operation), parts));
      }
    }
    addTogether(phase, phases, together);
    return phases.size() == 1 && phases.get(0).parts() == 1 ? List.of(phase) : phases;
  }

  private static void addTogether(
      StepPhase whole, List<StepPhase> phases, List<Operation> together) {
    if (!together.isEmpty()) {
      long same = phases.stream().filter(phase -> phase.parts() == 1).count();
      String name = same == 0 ? whole.name() : whole.name() + (same + 1);
      phases.add(new StepPhase(name, Granularity.IMAGE, together));
      together.clear();
    }
  }

  private static int parts(ScheduledStep step, LoopNeeds needs, Operation operation) {
    Kernel kernel = step.kernels().get(operation.name());
    if (kernel == null) {
      return 1;
    }
    long worth = kernel.work().multiplyAdds() / step.mechanical().partWork();
    int possible = Math.min(needs.mostParts(step, operation), MOST_PARTS);
    return (int) Math.max(1, Math.min(possible, worth));
  }
}
