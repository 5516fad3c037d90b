package org.cnnc.compiler.schedule;

import java.util.List;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;

/** Operations between two barriers, all cut in the same way: their tasks run at the same time. */
public record StepPhase(String name, Granularity granularity, List<Operation> operations) {
  public StepPhase {
    operations = List.copyOf(operations);
  }
}
