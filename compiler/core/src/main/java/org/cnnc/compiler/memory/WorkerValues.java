package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.memory.Plane.Images;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Places the values of the image at hand, or of the group at hand, into slots of the worker, by
 * their lifetimes. A value that goes from one run of a phase to another is there for the group, as
 * long as those runs last: all images of the group go through a run before the next begins.
 */
final class WorkerValues {
  /** Makes a buffer of the plan. */
  interface BufferFactory {
    Buffer make(String name, String suffix, Scope scope, int rows, int length);
  }

  private final ScheduledStep step;
  private final Map<Integer, Images> images = new HashMap<>();
  private final Map<Integer, Integer> lastUse = new HashMap<>();
  private final SlotPool pool = new SlotPool();
  private final Map<Tensor, SlotPool.Slot> slots = new LinkedHashMap<>();
  private final Set<Tensor> released = new HashSet<>();
  private int position;

  private WorkerValues(ScheduledStep step) {
    this.step = step;
  }

  /**
   * The ids of the values that must be there for all images at once: they come from outside, are
   * read after a barrier, or are results.
   */
  static Set<Integer> everyImageHas(ScheduledStep step) {
    Set<Integer> ids = new HashSet<>();
    if (!step.graph().training()) {
      return ids;
    }
    ids.add(step.graph().image().id());
    step.graph().withRole(Role.TARGET).forEach(target -> ids.add(target.id()));
    step.graph().results().forEach(result -> ids.add(result.id()));
    Map<Integer, Integer> phaseOf = new HashMap<>();
    for (int phase = 0; phase < step.phases().size(); phase++) {
      for (Operation operation : step.phases().get(phase).operations()) {
        for (Tensor tensor : operation.tensors()) {
          Integer earlier = phaseOf.putIfAbsent(tensor.id(), phase);
          if (earlier != null && earlier != phase) {
            ids.add(tensor.id());
          }
        }
      }
    }
    return ids;
  }

  static void place(ScheduledStep step, Map<Integer, Plane> planes, BufferFactory buffers) {
    WorkerValues values = new WorkerValues(step);
    values.findUses();
    Tensor image = step.graph().image();
    if (!planes.containsKey(image.id())) {
      values.take(image, values.of(image) == Images.ONE ? 1 : step.mostImages());
    }
    for (StepPhase phase : step.phases()) {
      if (phase.granularity() == Granularity.IMAGE) {
        phase.runs().forEach(run -> values.placeRun(run, phase.group(), planes));
      }
    }
    Map<SlotPool.Slot, Buffer> bufferOf = new HashMap<>();
    int shared = 0;
    for (SlotPool.Slot slot : values.pool.slots()) {
      String name = slot.tenants().size() == 1 ? slot.tenants().get(0) : "space_" + ++shared;
      bufferOf.put(slot, buffers.make(name, "", Scope.WORKER, slot.rows(), slot.length()));
    }
    values.slots.forEach(
        (tensor, slot) ->
            planes.put(
                tensor.id(),
                new Plane(
                    bufferOf.get(slot), tensor.shape(), step.pitch(tensor), values.of(tensor))));
  }

  private Images of(Tensor tensor) {
    return images.getOrDefault(tensor.id(), Images.ONE);
  }

  /** Numbers the operations of images, and finds who is last, and what leaves its run. */
  private void findUses() {
    Map<Integer, Integer> runOf = new HashMap<>();
    int position = 0;
    int number = 0;
    for (StepPhase phase : step.phases()) {
      if (phase.granularity() == Granularity.IMAGE) {
        for (StepPhase.Run run : phase.runs()) {
          int thisRun = number++;
          for (Operation operation : run.operations()) {
            for (Tensor input : operation.inputs()) {
              lastUse.put(input.id(), position);
            }
            for (Tensor tensor : operation.tensors()) {
              int first = runOf.computeIfAbsent(tensor.id(), key -> thisRun);
              if (run.together() || first != thisRun) {
                images.put(tensor.id(), Images.GROUP);
              }
            }
            position++;
          }
        }
      }
    }
    int end = position;
    step.graph().results().forEach(result -> lastUse.put(result.id(), end));
    if (!step.graph().training() && step.mostImages() > 1) { // what comes from and goes to a caller
      images.put(step.graph().image().id(), Images.GROUP);
      step.graph().results().forEach(result -> images.put(result.id(), Images.GROUP));
    }
  }

  private void placeRun(StepPhase.Run run, int group, Map<Integer, Plane> planes) {
    List<Tensor> ofGroup = new ArrayList<>();
    for (Operation operation : run.operations()) {
      for (Tensor output : operation.outputs()) {
        if (isPlacedHere(output, planes) && of(output) == Images.GROUP) {
          take(output, group);
          ofGroup.add(output);
        }
      }
    }
    int first = position;
    for (Operation operation : run.operations()) {
      placeOutputs(operation, planes);
      position++;
    }
    for (Operation operation : run.operations()) {
      releaseInputs(first, position, operation, Images.GROUP);
    }
    ofGroup.stream().filter(output -> !lastUse.containsKey(output.id())).forEach(this::release);
  }

  private static boolean isPlacedHere(Tensor output, Map<Integer, Plane> planes) {
    return output.role().isPlane() && !planes.containsKey(output.id());
  }

  private void placeOutputs(Operation operation, Map<Integer, Plane> planes) {
    boolean inPlace = worksInPlace(operation.computation());
    if (inPlace) {
      releaseInputs(position, position + 1, operation, Images.ONE);
    }
    List<Tensor> made = new ArrayList<>();
    for (Tensor output : operation.outputs()) {
      if (isPlacedHere(output, planes) && of(output) == Images.ONE) {
        take(output, 1);
        made.add(output);
      }
    }
    if (!inPlace) {
      releaseInputs(position, position + 1, operation, Images.ONE);
    }
    made.stream().filter(output -> !lastUse.containsKey(output.id())).forEach(this::release);
  }

  /**
   * Reads element i only to write element i: the output may take the place of an input that is read
   * for the last time.
   */
  static boolean worksInPlace(Computation computation) {
    if (computation instanceof Computation.Forward forward) {
      return forward.operator() instanceof Activation;
    }
    return computation instanceof Computation.InputGradient gradient
        && gradient.operator() instanceof Activation;
  }

  /** Gives back what is read for the last time at one of the positions {@code from .. to - 1}. */
  private void releaseInputs(int from, int to, Operation operation, Images ofImages) {
    operation.inputs().stream()
        .distinct()
        .filter(input -> slots.containsKey(input) && of(input) == ofImages)
        .filter(input -> lastUse.get(input.id()) >= from && lastUse.get(input.id()) < to)
        .filter(released::add)
        .forEach(this::release);
  }

  private void take(Tensor tensor, int copies) {
    int rows = Math.multiplyExact(copies, Plane.rowsPerImage(tensor.shape()));
    int length = step.mechanical().roomFor(tensor.shape().height() * step.pitch(tensor));
    slots.put(tensor, pool.take(tensor.name(), rows, length));
  }

  private void release(Tensor tensor) {
    pool.release(slots.get(tensor));
  }
}
