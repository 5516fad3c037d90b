package org.cnnc.compiler.schedule;

import java.util.List;
import java.util.Map;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/**
 * A step with everything decided but memory.
 *
 * @param pitches by tensor id, of values and their gradients: floats from one row of an image to
 *     the next. Columns past the width hold what kernels left there, and nothing reads them into a
 *     result.
 * @param scratch by name of the operation: what its loops need beside its tensors
 */
public record ScheduledStep(
    StepGraph graph,
    NumericSchedule numeric,
    MechanicalSchedule mechanical,
    List<StepPhase> phases,
    Map<Integer, Integer> pitches,
    Map<String, List<Scratch>> scratch) {
  public ScheduledStep {
    phases = List.copyOf(phases);
    pitches = Map.copyOf(pitches);
    scratch = Map.copyOf(scratch);
  }

  /** Floats from one row of an image to the next; a gradient has the pitch of its value. */
  public int pitch(Tensor tensor) {
    return pitches.get(tensor.subject());
  }

  /** What the loops of an operation need beside its tensors. */
  public List<Scratch> scratch(Operation operation) {
    return scratch.getOrDefault(operation.name(), List.of());
  }
}
