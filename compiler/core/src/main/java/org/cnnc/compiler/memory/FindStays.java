package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.Plane.Images;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Finds who is where in a plan's memory, and when; parameters, and what is derived from them, are
 * not looked at. Times follow from the order of the operations alone, not from the plan: a value is
 * needed from the operation that makes it to the last that reads it. What is kept for every image
 * is needed in whole phases, as a phase runs through all its operations for each image; what is
 * kept for a group of images, in whole runs of a phase.
 */
final class FindStays {
  private final ScheduledStep step;
  private final MemoryPlan plan;
  private final List<Operation> operations = new ArrayList<>();
  private final List<int[]> phaseOf = new ArrayList<>();
  private final List<int[]> runOf = new ArrayList<>();
  private final List<Integer> groupOf = new ArrayList<>();
  private final Map<Integer, Integer> maker = new HashMap<>();
  private final Map<Integer, Integer> lastReader = new HashMap<>();
  private final List<Stay> stays = new ArrayList<>();

  private FindStays(ScheduledStep step, MemoryPlan plan) {
    this.step = step;
    this.plan = plan;
  }

  static List<Stay> of(ScheduledStep step, MemoryPlan plan) {
    return new FindStays(step, plan).find();
  }

  private List<Stay> find() {
    numberOperations();
    for (Tensor tensor : step.graph().tensors()) {
      switch (tensor.role()) {
        case VALUE, VALUE_GRADIENT, PLACES, TARGET, LOSS -> addValue(tensor);
        case PARAMETER_GRADIENT -> addGradient(tensor);
        case STATE -> addAlways(plan.parameter(tensor).buffer(), tensor.name(), layer(tensor));
        case PARAMETER -> {} // belongs to the model, not to the arena
      }
    }
    plan.stepScalars().forEach(buffer -> addAlways(buffer, buffer.name(), "train"));
    for (int i = 0; i < operations.size(); i++) {
      addScratch(i);
    }
    return stays;
  }

  private void numberOperations() {
    for (StepPhase phase : step.phases()) {
      int[] range = rangeOf(phase.operations());
      for (StepPhase.Run run : phase.runs()) {
        int[] runRange = rangeOf(run.operations());
        for (Operation operation : run.operations()) {
          int position = operations.size();
          operation.outputs().forEach(output -> maker.put(output.id(), position));
          operation.inputs().forEach(input -> lastReader.put(input.id(), position));
          operations.add(operation);
          phaseOf.add(range);
          runOf.add(runRange);
          groupOf.add(phase.group());
        }
      }
    }
    step.graph().results().forEach(result -> lastReader.put(result.id(), end()));
  }

  /** The positions that the operations to come will have. */
  private int[] rangeOf(List<Operation> next) {
    return new int[] {operations.size(), operations.size() + next.size() - 1};
  }

  private int end() {
    return operations.size() - 1;
  }

  private int firstUse(Tensor tensor) {
    return maker.getOrDefault(tensor.id(), 0);
  }

  private int lastUse(Tensor tensor) {
    return lastReader.getOrDefault(tensor.id(), firstUse(tensor));
  }

  private int phaseStart(int operation) {
    return phaseOf.get(operation)[0];
  }

  private int phaseEnd(int operation) {
    return phaseOf.get(operation)[1];
  }

  private void addValue(Tensor tensor) {
    Plane plane = plan.plane(tensor);
    Images images = plane == null ? Images.ALL : plane.images();
    Buffer buffer = plane == null ? plan.perImage().get(tensor.id()) : plane.buffer();
    int first = firstUse(tensor);
    int last = lastUse(tensor);
    Stay stay =
        switch (images) {
          case ONE -> stay(buffer, tensor, first, last, 1);
          case GROUP ->
              stay(buffer, tensor, runOf.get(first)[0], runOf.get(last)[1], groupOf.get(first));
          case ALL -> stay(buffer, tensor, phaseStart(first), phaseEnd(last), step.graph().batch());
        };
    stays.add(stay);
  }

  private Stay stay(Buffer buffer, Tensor tensor, int first, int last, int images) {
    return new Stay(buffer, tensor.name(), layer(tensor), first, last, bytes(tensor) * images);
  }

  /** Blocks of images are summed apart, if at all, before the sums are added. */
  private void addGradient(Tensor tensor) {
    PartialSums sums = plan.partialSums().get(tensor.id());
    int making = firstUse(tensor);
    int from = phaseStart(making);
    if (sums != null) {
      boolean alone = plan.isInBlocksAlone(tensor);
      Buffer blocks = sums.buffer();
      String name = tensor.name() + " in blocks";
      int to = alone ? lastUse(tensor) : phaseEnd(making);
      stays.add(new Stay(blocks, name, layer(tensor), from, to, blocks.bytes()));
      if (alone) {
        return;
      }
      from = phaseStart(lastUse(tensor));
    }
    Buffer buffer = plan.parameter(tensor).buffer();
    int last = Math.max(from, lastUse(tensor));
    stays.add(new Stay(buffer, tensor.name(), layer(tensor), from, last, bytes(tensor)));
  }

  private void addScratch(int position) {
    Operation operation = operations.get(position);
    for (Scratch need : step.scratch(operation)) {
      Buffer buffer = plan.scratch(operation, need.name());
      String name = operation.name() + " " + need.name();
      switch (need.lifetime()) {
        case OPERATION ->
            stays.add(
                new Stay(
                    buffer,
                    name,
                    operation.layer(),
                    position,
                    position,
                    4L * need.rows() * need.length()));
        case KEEPS_ZEROS -> addAlways(buffer, name, operation.layer());
        case PARAMETERS -> {} // belongs to the model, not to the arena
      }
    }
  }

  private void addAlways(Buffer buffer, String tenant, String layer) {
    stays.add(new Stay(buffer, tenant, layer, 0, end(), buffer.bytes()));
  }

  private static long bytes(Tensor tensor) {
    return 4 * tensor.dims().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** The layer that makes a value; of what is about a parameter, the layer whose it is. */
  private String layer(Tensor tensor) {
    Tensor subject = step.graph().tensors().get(tensor.subject());
    if (subject.role() == Role.PARAMETER) {
      return subject.name().substring(0, subject.name().lastIndexOf('.'));
    }
    Integer making = maker.get(subject.id());
    return making == null ? subject.name() : operations.get(making).layer();
  }
}
