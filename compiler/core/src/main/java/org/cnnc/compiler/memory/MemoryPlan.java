package org.cnnc.compiler.memory;

import java.util.List;
import java.util.Map;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * All memory of a program, decided.
 *
 * @param buffers every buffer, in the order of the program
 * @param planes by tensor id: values, their gradients, targets that are tensors
 * @param parameters by tensor id: parameters, states, and gradients but those that are partial sums
 *     only
 * @param partialSums by id of a parameter's gradient that is summed in blocks: one copy a block,
 *     one after the other
 * @param perImage by tensor id: numbers of which each image has one (class numbers, losses), one
 *     float an image
 * @param scratch by operation and name: what an operation uses only while it runs, or keeps zero
 *     borders in
 * @param stepScalars numbers that change from step to step; only when training
 */
public record MemoryPlan(
    List<Buffer> buffers,
    Map<Integer, Plane> planes,
    Map<Integer, ParameterPlace> parameters,
    Map<Integer, PartialSums> partialSums,
    Map<Integer, Buffer> perImage,
    Map<String, Buffer> scratch,
    List<Buffer> stepScalars) {
  public MemoryPlan {
    buffers = List.copyOf(buffers);
    planes = Map.copyOf(planes);
    parameters = Map.copyOf(parameters);
    partialSums = Map.copyOf(partialSums);
    perImage = Map.copyOf(perImage);
    scratch = Map.copyOf(scratch);
    stepScalars = List.copyOf(stepScalars);
  }

  public Plane plane(Tensor tensor) {
    return planes.get(tensor.id());
  }

  public ParameterPlace parameter(Tensor tensor) {
    return parameters.get(tensor.id());
  }

  /** Whether a gradient is nowhere but in the partial sums of its blocks. */
  public boolean isInBlocksAlone(Tensor gradient) {
    return partialSums.containsKey(gradient.id()) && !parameters.containsKey(gradient.id());
  }

  public Buffer scratch(Operation operation, String name) {
    return scratch.get(scratchKey(operation, name));
  }

  static String scratchKey(Operation operation, String name) {
    return operation.name() + " " + name;
  }

  /** Bytes of the buffers of one scope; of {@link Scope#WORKER}, for one worker. */
  public long bytes(Scope scope) {
    return buffers.stream().filter(b -> b.scope() == scope).mapToLong(Buffer::bytes).sum();
  }

  /** Bytes of all buffers, with one worker. */
  public long bytes() {
    return buffers.stream().mapToLong(Buffer::bytes).sum();
  }
}
