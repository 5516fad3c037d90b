package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.memory.Plane.Images;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepScalar;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Plans the memory of a step. Parameters, and values that cross a barrier, have buffers of their
 * own. Values of the image at hand live in slots of the worker: two share one when they are never
 * alive together.
 */
public final class PlanMemory {
  private final ScheduledStep step;
  private final Set<Integer> forUpdatesAlone;
  private final BufferNames names = new BufferNames();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<Integer, Plane> planes = new HashMap<>();
  private final Map<Integer, ParameterPlace> parameters = new HashMap<>();
  private final Map<Integer, PartialSums> partialSums = new HashMap<>();
  private final Map<Integer, Buffer> perImage = new HashMap<>();
  private final Map<String, Buffer> scratch = new HashMap<>();
  private final List<Buffer> stepScalars = new ArrayList<>();

  private PlanMemory(ScheduledStep step) {
    this.step = step;
    this.forUpdatesAlone = step.gradientsForUpdatesAlone();
  }

  public static MemoryPlan apply(ScheduledStep step) {
    return new PlanMemory(step).plan();
  }

  private MemoryPlan plan() {
    boolean training = step.graph().training();
    placeParameters();
    if (training) {
      stepScalars.add(
          newBuffer(
              "step_scalars",
              "",
              Scope.SHARED,
              1,
              StepScalar.usedBy(step.graph().network().training().optimizer()).size()));
    }
    placeWhatEveryImageHas();
    WorkerValues.place(step, planes, this::newBuffer);
    placeScratch();
    return new MemoryPlan(buffers, planes, parameters, partialSums, perImage, scratch, stepScalars);
  }

  private Buffer newBuffer(String name, String suffix, Scope scope, int rows, int length) {
    return add(new Buffer(names.allocate(name, suffix), scope, rows, length));
  }

  private Buffer add(Buffer buffer) {
    buffers.add(buffer);
    return buffer;
  }

  private void placeParameters() {
    Map<Integer, Operation> producers = new HashMap<>();
    for (Operation operation : step.graph().operations()) {
      operation.outputs().forEach(output -> producers.put(output.id(), operation));
    }
    for (Tensor tensor : step.graph().tensors()) {
      switch (tensor.role()) {
        case PARAMETER -> placeParameter(tensor, Scope.MODEL);
        case STATE -> placeParameter(tensor, Scope.SHARED);
        case PARAMETER_GRADIENT -> placeGradient(tensor, producers.get(tensor.id()));
        case VALUE, VALUE_GRADIENT, PLACES, TARGET, LOSS -> {}
      }
    }
  }

  /**
   * A gradient is summed in its own place, or block by block in others. Beside the sums of blocks
   * there is a whole only if somebody else than the optimizer reads the gradient, which adds the
   * blocks by itself.
   */
  private void placeGradient(Tensor gradient, Operation producer) {
    int blocks = step.numeric().imageBlocks();
    boolean apart =
        producer.computation().granularity() == Granularity.IMAGE
            && (blocks > 1 || hasRoom(gradient));
    if (apart) {
      placePartialSums(gradient, blocks);
    }
    if (!apart || !forUpdatesAlone.contains(gradient.id())) {
      placeParameter(gradient, Scope.SHARED);
    }
  }

  private void placeParameter(Tensor tensor, Scope scope) {
    ParameterPlace place =
        ParameterPlace.of(names.allocate(tensor.name(), ""), scope, tensor.dims());
    add(place.buffer());
    parameters.put(tensor.id(), place);
  }

  /** Whether the sums of a gradient are stored in other places than the gradient. */
  private boolean hasRoom(Tensor gradient) {
    return gradient.dims().size() == 4
        && step.mechanical().roomFor(kernelRowLength(gradient)) != kernelRowLength(gradient);
  }

  private static int kernelRowLength(Tensor weight) {
    return Math.multiplyExact(weight.dims().get(1), weight.dims().get(3));
  }

  private void placePartialSums(Tensor gradient, int blocks) {
    String name = names.allocate(gradient.name(), "Blocks");
    int rows = ParameterPlace.rows(gradient.dims());
    boolean room = hasRoom(gradient);
    int pieces = room ? gradient.dims().get(2) : 1;
    int length = ParameterPlace.rowLength(gradient.dims()) / pieces;
    int pitch = room ? step.mechanical().roomFor(length) : length;
    Buffer buffer =
        add(
            new Buffer(
                name,
                Scope.SHARED,
                Math.multiplyExact(rows, blocks),
                Math.multiplyExact(pieces, pitch)));
    partialSums.put(gradient.id(), new PartialSums(buffer, rows, pieces, length, pitch));
  }

  private void placeWhatEveryImageHas() {
    int batch = step.graph().batch();
    Set<Integer> everyImageHas = WorkerValues.everyImageHas(step);
    for (Tensor tensor : step.graph().tensors()) {
      boolean number = tensor.dims().isEmpty() && tensor.role().isPerImage();
      if (number) {
        String name = tensor.role() == Role.TARGET ? "targets" : "losses";
        perImage.put(tensor.id(), newBuffer(name, "", Scope.SHARED, 1, batch));
      } else if (tensor.role().isPerImage() && everyImageHas.contains(tensor.id())) {
        int rows = Math.multiplyExact(batch, Plane.rowsPerImage(tensor.shape()));
        int length = step.mechanical().roomFor(tensor.shape().height() * step.pitch(tensor));
        Buffer buffer = newBuffer(tensor.name(), "s", Scope.SHARED, rows, length);
        planes.put(tensor.id(), new Plane(buffer, tensor.shape(), step.pitch(tensor), Images.ALL));
      }
    }
  }

  private void placeScratch() {
    SlotPool pool = new SlotPool();
    Map<String, SlotPool.Slot> slotOf = new HashMap<>();
    for (StepPhase phase : step.phases()) {
      for (Operation operation : phase.operations()) {
        List<SlotPool.Slot> taken = new ArrayList<>();
        for (Scratch need : step.scratch(operation)) {
          String key = MemoryPlan.scratchKey(operation, need.name());
          switch (need.lifetime()) {
            case OPERATION -> {
              String tenant = operation.name() + "." + need.name();
              SlotPool.Slot slot = pool.take(tenant, need.rows(), need.length());
              taken.add(slot);
              slotOf.put(key, slot);
            }
            case KEEPS_ZEROS -> scratch.put(key, scratchBuffer(operation, need, Scope.WORKER));
            case PARAMETERS -> scratch.put(key, scratchBuffer(operation, need, Scope.MODEL));
          }
        }
        taken.forEach(pool::release);
      }
    }
    Map<SlotPool.Slot, Buffer> bufferOf = new HashMap<>();
    int shared = 0;
    for (SlotPool.Slot slot : pool.slots()) {
      String name = slot.tenants().size() == 1 ? slot.tenants().get(0) : "unrolled_" + ++shared;
      bufferOf.put(slot, newBuffer(name, "", Scope.WORKER, slot.rows(), slot.length()));
    }
    slotOf.forEach((key, slot) -> scratch.put(key, bufferOf.get(slot)));
  }

  private Buffer scratchBuffer(Operation operation, Scratch need, Scope scope) {
    String suffix = Character.toUpperCase(need.name().charAt(0)) + need.name().substring(1);
    return newBuffer(operation.name(), suffix, scope, need.rows(), need.length());
  }
}
