package org.cnnc.compiler.train;

import org.cnnc.compiler.train.Computation.Granularity;

/**
 * How an operator is differentiated: which tensors its input's gradient is computed from beside the
 * gradient of its output, and how the gradients of its parameters are summed over the images.
 *
 * @param needsInput the input itself
 * @param needsOutput the output: then the input need not be kept
 * @param needsParameters the parameters
 * @param parameterGranularity IMAGE: image by image into partial sums; PARAMETER_ROW: over all
 *     images at once
 */
public record GradientRule(
    boolean needsInput,
    boolean needsOutput,
    boolean needsParameters,
    Granularity parameterGranularity) {
  /** From the gradient of the output alone. */
  public static final GradientRule LINEAR =
      new GradientRule(false, false, false, Granularity.IMAGE);

  /** From the input, too. */
  public static final GradientRule FROM_INPUT =
      new GradientRule(true, false, false, Granularity.IMAGE);

  /** From the output, too. */
  public static final GradientRule FROM_OUTPUT =
      new GradientRule(false, true, false, Granularity.IMAGE);
}
