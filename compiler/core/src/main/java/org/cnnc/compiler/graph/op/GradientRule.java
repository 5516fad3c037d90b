package org.cnnc.compiler.graph.op;

/**
 * How an operator is differentiated: which tensors its input's gradient is computed from beside the
 * gradient of its output, and how the gradients of its parameters are summed over the images. The
 * formulas themselves stand beside the forward pass, in {@code lower}.
 *
 * @param needsInput the input itself
 * @param needsOutput the output: then the input need not be kept
 * @param needsParameters the parameters
 * @param parameterSums how gradients of parameters are summed; of no meaning without parameters
 */
public record GradientRule(
    boolean needsInput, boolean needsOutput, boolean needsParameters, ParameterSums parameterSums) {
  /** How the gradients of parameters are summed over the images of a batch. */
  public enum ParameterSums {
    /** Image by image, into partial sums. */
    IMAGE_BY_IMAGE,
    /** Row by row of the parameter, over all images at once: no partial sums. */
    ROW_BY_ROW
  }

  /** From the gradient of the output alone. */
  public static final GradientRule LINEAR = new GradientRule(false, false, false);

  /** From the input, too. */
  public static final GradientRule FROM_INPUT = new GradientRule(true, false, false);

  /** From the output, too. */
  public static final GradientRule FROM_OUTPUT = new GradientRule(false, true, false);

  /** With parameters, if there are any, summed image by image. */
  public GradientRule(boolean needsInput, boolean needsOutput, boolean needsParameters) {
    this(needsInput, needsOutput, needsParameters, ParameterSums.IMAGE_BY_IMAGE);
  }
}
