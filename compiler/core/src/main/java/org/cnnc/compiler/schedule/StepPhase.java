package org.cnnc.compiler.schedule;

import java.util.List;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;

/**
 * Operations between two barriers, all cut in the same way: their tasks run at the same time.
 *
 * @param parts into which the work of each image is cut; 1 for most
 */
public record StepPhase(
    String name, Granularity granularity, List<Operation> operations, int parts) {
  public StepPhase {
    operations = List.copyOf(operations);
    if (parts < 1) {
      throw new IllegalArgumentException(parts + " parts");
    }
  }

  /** Whole images. */
  public StepPhase(String name, Granularity granularity, List<Operation> operations) {
    this(name, granularity, operations, 1);
  }
}
