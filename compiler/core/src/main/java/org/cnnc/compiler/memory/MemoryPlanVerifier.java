package org.cnnc.compiler.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Checks a memory plan by walking through the step with the contents of every buffer in mind:
 * whoever reads a value must find it where it was put. Independent of how the plan was made.
 */
public final class MemoryPlanVerifier {
  private final ScheduledStep step;
  private final MemoryPlan plan;
  private final Map<Buffer, Tensor> contents = new HashMap<>();

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
    for (StepPhase phase : step.phases()) {
      phase.operations().forEach(this::walk);
    }
    step.graph().results().forEach(result -> verifyThere("the end", result));
  }

  private void verifyFit(Plane plane) {
    int images = plane.everyImage() ? step.graph().batch() : 1;
    require(
        plane.buffer().rows() >= images * plane.rowsPerImage()
            && plane.buffer().length() >= plane.rowLength(),
        plane.shape() + " does not fit into " + plane.buffer().name());
  }

  private void walk(Operation operation) {
    operation.inputs().forEach(input -> verifyThere(operation.name(), input));
    operation.outputs().forEach(this::put);
    List<Tensor> outputs = operation.outputs();
    outputs.forEach(output -> verifyThere(operation.name(), output));
  }

  private void put(Tensor tensor) {
    Plane plane = plan.plane(tensor);
    if (plane != null) {
      contents.put(plane.buffer(), tensor);
    }
  }

  private void verifyThere(String reader, Tensor tensor) {
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
    Tensor found = contents.get(plane.buffer());
    require(
        tensor.equals(found),
        reader
            + " looks for "
            + tensor.name()
            + " in "
            + plane.buffer().name()
            + " and finds "
            + (found == null ? "nothing" : found.name()));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InternalCompilerError("memory plan: " + message);
    }
  }
}
