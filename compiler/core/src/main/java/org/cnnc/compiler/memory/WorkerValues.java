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
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/** Places the values of the image at hand into slots of the worker, by their lifetimes. */
final class WorkerValues {
  /** Makes a buffer of the plan. */
  interface BufferFactory {
    Buffer make(String name, String suffix, Scope scope, int rows, int length);
  }

  private final ScheduledStep step;
  private final Map<Integer, Integer> lastUse = new HashMap<>();
  private final SlotPool pool = new SlotPool();
  private final Map<Tensor, SlotPool.Slot> slots = new LinkedHashMap<>();

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
    List<Operation> operations = values.imageOperations();
    values.findLastUses(operations);
    Tensor image = step.graph().image();
    if (!planes.containsKey(image.id())) {
      values.take(image);
    }
    for (int i = 0; i < operations.size(); i++) {
      values.placeOutputs(i, operations.get(i), planes);
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
                new Plane(bufferOf.get(slot), tensor.shape(), step.pitch(tensor), false)));
  }

  private List<Operation> imageOperations() {
    List<Operation> operations = new ArrayList<>();
    for (StepPhase phase : step.phases()) {
      if (phase.granularity() == Granularity.IMAGE) {
        operations.addAll(phase.operations());
      }
    }
    return operations;
  }

  private void findLastUses(List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      for (Tensor input : operations.get(i).inputs()) {
        lastUse.put(input.id(), i);
      }
    }
    step.graph().results().forEach(result -> lastUse.put(result.id(), operations.size()));
  }

  private void placeOutputs(int position, Operation operation, Map<Integer, Plane> planes) {
    boolean inPlace = worksInPlace(operation.computation());
    if (inPlace) {
      releaseInputs(position, operation);
    }
    List<Tensor> made = new ArrayList<>();
    for (Tensor output : operation.outputs()) {
      if (output.role().isPlane() && !planes.containsKey(output.id())) {
        take(output);
        made.add(output);
      }
    }
    if (!inPlace) {
      releaseInputs(position, operation);
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

  private void releaseInputs(int position, Operation operation) {
    operation.inputs().stream()
        .distinct()
        .filter(input -> slots.containsKey(input) && lastUse.get(input.id()) == position)
        .forEach(this::release);
  }

  private void take(Tensor tensor) {
    int rows = Plane.rowsPerImage(tensor.shape());
    int length = step.mechanical().roomFor(tensor.shape().height() * step.pitch(tensor));
    slots.put(tensor, pool.take(tensor.name(), rows, length));
  }

  private void release(Tensor tensor) {
    pool.release(slots.get(tensor));
  }
}
