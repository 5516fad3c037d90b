package org.cnnc.compiler.train;

/**
 * The numbers that change from step to step. The training runtime sets them by name before each
 * step; the position in this list is their place in the program's buffer.
 */
public enum StepScalar {
  /** The learning rate. */
  RATE("rate"),
  /** 1 / number of images of the step. */
  INVERSE_IMAGES("inverse_images"),
  /** Adam's rate / (1 - beta1^t). */
  ADAM_STEP_SIZE("adam_step_size"),
  /** Adam's 1 / sqrt(1 - beta2^t). */
  ADAM_INVERSE_SQRT_CORRECTION("adam_inverse_sqrt_correction");

  private final String text;

  StepScalar(String text) {
    this.text = text;
  }

  /** The name that the runtime knows it by. */
  public String text() {
    return text;
  }
}
