package org.cnnc.compiler.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.Plane.Images;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Checks a memory plan by walking through the step with the contents of every buffer in mind:
 * whoever reads a value must find it where it was put. Where a step may have several images, the
 * walk is that of two, one after the other or together. Independent of how the plan was made.
 */
public final class MemoryPlanVerifier {
  private final ScheduledStep step;
  private final MemoryPlan plan;
  private final Map<Buffer, Contents> contents = new HashMap<>();

  /** What a buffer holds, and of which of the two images. */
  private record Contents(Tensor tensor, Set<Integer> images) {}

  private MemoryPlanVerifier(ScheduledStep step, MemoryPlan plan) {
    this.step = step;
    this.plan = plan;
  }

  /**
   * Checks everything.
   *
   * @throws InternalCompilerError naming what is broken
   */
  public static void verify(ScheduledStep step, MemoryPlan plan) {
    new MemoryPlanVerifier(step, plan).run();
  }

  private void run() {
    Set<String> names = new HashSet<>();
    for (Buffer buffer : plan.buffers()) {
      require(names.add(buffer.name()), "two buffers are named " + buffer.name());
    }
    plan.planes().values().forEach(this::verifyFit);
    put(step.graph().image());
    for (Tensor tensor : step.graph().withRole(Tensor.Role.TARGET)) {
      put(tensor);
    }
    int images = step.graph().training() || step.mostImages() > 1 ? 2 : 1;
    for (StepPhase phase : step.phases()) {
      phase.runs().forEach(run -> walk(run, images));
      if (step.graph().training()) { // a worker does not know whose images it will get next
        contents.values().removeIf(held -> plan.plane(held.tensor()).images() != Images.ALL);
      }
    }
    int predicted = step.graph().training() ? 1 : images;
    for (int image = 0; image < predicted; image++) {
      int place = image;
      step.graph().results().forEach(result -> verifyThere("the end", result, place));
    }
  }

  private void walk(StepPhase.Run run, int images) {
    if (run.together()) {
      for (Operation operation : run.operations()) {
        for (int image = 0; image < images; image++) {
          walk(operation, image);
        }
      }
      return;
    }
    for (int image = 0; image < images; image++) {
      for (Operation operation : run.operations()) {
        walk(operation, image);
      }
    }
  }

  private void verifyFit(Plane plane) {
    int group = step.phases().stream().mapToInt(StepPhase::group).max().orElse(1);
    int images =
        switch (plane.images()) {
          case ONE -> 1;
          case GROUP -> group;
          case ALL -> step.graph().batch();
        };
    require(
        plane.buffer().rows() >= images * plane.rowsPerImage()
            && plane.buffer().length() >= plane.rowLength(),
        plane.shape() + " does not fit into " + plane.buffer().name());
  }

  private void walk(Operation operation, int image) {
    for (Tensor input : operation.inputs()) {
      if (!(operation.computation().updates() && plan.isInBlocksAlone(input))) {
        verifyThere(operation.name(), input, image);
      }
    }
    for (Tensor output : operation.outputs()) {
      put(output, image);
      if (!plan.isInBlocksAlone(output)) {
        verifyThere(operation.name(), output, image);
      }
    }
  }

  /** Values from outside are there for all images. */
  private void put(Tensor tensor) {
    Plane plane = plan.plane(tensor);
    if (plane != null) {
      boolean one = plane.images() == Images.ONE;
      contents.put(plane.buffer(), new Contents(tensor, one ? Set.of(0) : Set.of(0, 1)));
    }
  }

  private void put(Tensor tensor, int image) {
    Plane plane = plan.plane(tensor);
    if (plane == null) {
      return;
    }
    Contents before = contents.get(plane.buffer());
    Set<Integer> images = new HashSet<>(Set.of(image));
    if (plane.images() != Images.ONE && before != null && before.tensor().equals(tensor)) {
      images.addAll(before.images());
    }
    contents.put(plane.buffer(), new Contents(tensor, images));
  }

  private void verifyThere(String reader, Tensor tensor, int image) {
    boolean value = tensor.role().isPlane();
    Plane plane = plan.plane(tensor);
    if (!value) {
      require(
          plane != null
              || plan.parameters().containsKey(tensor.id())
              || plan.perImage().containsKey(tensor.id()),
          tensor.name() + " has no place");
      return;
    }
    require(plane != null, tensor.name() + " has no place");
    Contents found = contents.get(plane.buffer());
    require(
        found != null && found.tensor().equals(tensor) && found.images().contains(image),
        reader
            + " looks for "
            + tensor.name()
            + " in "
            + plane.buffer().name()
            + " and finds "
            + (found == null ? "nothing" : found.tensor().name()));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InternalCompilerError("memory plan: " + message);
    }
  }
}
