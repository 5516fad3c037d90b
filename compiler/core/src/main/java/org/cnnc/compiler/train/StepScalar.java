package org.cnnc.compiler.train;

import java.util.List;
import org.cnnc.compiler.graph.OptimizerSpec;

/**
 * The numbers that change from step to step. The training runtime sets them by name before each
 * step; the position in this list is their place in the program's buffer.
 */
public enum StepScalar {
  /** The learning rate. */
  RATE("rate", 0),
  /** 1 / number of images of the step. */
  INVERSE_IMAGES("inverse_images", 1),
  /** Adam's rate / (1 - beta1^t). */
  ADAM_STEP_SIZE("adam_step_size", 2),
  /** Adam's 1 / sqrt(1 - beta2^t). */
  ADAM_INVERSE_SQRT_CORRECTION("adam_inverse_sqrt_correction", 3);

  private final String text;
  private final int place;

  StepScalar(String text, int place) {
    this.text = text;
    this.place = place;
  }

  /** Those that a step with this optimizer reads, in the order of their places from 0. */
  public static List<StepScalar> usedBy(OptimizerSpec optimizer) {
    return optimizer instanceof OptimizerSpec.Adam
        ? List.of(values())
        : List.of(RATE, INVERSE_IMAGES);
  }

  /** The name that the runtime knows it by. */
  public String text() {
    return text;
  }

  /** Where it stands in the program's buffer of step scalars. */
  public int place() {
    return place;
  }
}
