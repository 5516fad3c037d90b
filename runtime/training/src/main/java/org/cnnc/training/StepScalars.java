package org.cnnc.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cnnc.runtime.ProgramInfo.TrainInfo;

/**
 * The numbers that change from step to step, by the names that training programs know. With rate r,
 * Adam's b1 and b2, and step t = 1, 2, ...:
 *
 * <ul>
 *   <li>{@code rate}: r
 *   <li>{@code inverse_images}: 1f / n for n images
 *   <li>{@code first_step}: 1 in the first step, then 0
 *   <li>{@code adam_step_size}: r / (1 - b1^t)
 *   <li>{@code adam_inverse_sqrt_correction}: 1 / sqrt(1 - b2^t)
 * </ul>
 *
 * Adam's are computed in double, the powers by one multiplication a step, and rounded once. r, b1
 * and b2 are the decimals that the user wrote (the shortest that give the float), as in PyTorch.
 * Without a setting {@code beta1} or {@code beta2} they count as 0: the optimizer is another, which
 * does not look.
 */
public final class StepScalars {
  private final List<Scalar> scalars;
  private final float rate;
  private final double exactRate;
  private final double beta1;
  private final double beta2;
  private long steps;
  private double beta1Power = 1;
  private double beta2Power = 1;

  private enum Scalar {
    RATE,
    INVERSE_IMAGES,
    FIRST_STEP,
    ADAM_STEP_SIZE,
    ADAM_INVERSE_SQRT_CORRECTION
  }

  /**
   * Scalars before the first step.
   *
   * @param names what the program wants, in its order
   * @param section has the optimizer's settings
   * @param rate the learning rate, the section's or another
   * @throws IllegalArgumentException if a name is unknown
   */
  public StepScalars(List<String> names, TrainInfo section, float rate) {
    List<Scalar> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(scalar(name));
    }
    this.scalars = List.copyOf(wanted);
    this.rate = rate;
    this.exactRate = Decimals.shortest(rate).doubleValue();
    this.beta1 = setting(section, "beta1");
    this.beta2 = setting(section, "beta2");
  }

  private static Scalar scalar(String name) {
    for (Scalar scalar : Scalar.values()) {
      if (scalar.name().toLowerCase(Locale.ROOT).equals(name)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException("unknown scalar of a step: " + name);
  }

  private static double setting(TrainInfo section, String name) {
    return section.setting(name).map(value -> Decimals.shortest(value).doubleValue()).orElse(0.0);
  }

  /** How many steps were made. */
  public long steps() {
    return steps;
  }

  /** Goes back or forth to the state after this many steps. */
  public void restore(long stepsMade) {
    steps = 0;
    beta1Power = 1;
    beta2Power = 1;
    while (steps < stepsMade) {
      advance();
    }
  }

  private void advance() {
    steps++;
    beta1Power *= beta1;
    beta2Power *= beta2;
  }

  /**
   * Begins the next step.
   *
   * @param images number of images in it
   * @param target gets the numbers, in the order of the names
   */
  public void next(int images, float[] target) {
    advance();
    for (int i = 0; i < scalars.size(); i++) {
      target[i] = value(scalars.get(i), images);
    }
  }

  private float value(Scalar scalar, int images) {
    return switch (scalar) {
      case RATE -> rate;
      case INVERSE_IMAGES -> 1f / images;
      case FIRST_STEP -> steps == 1 ? 1f : 0f;
      case ADAM_STEP_SIZE -> (float) (exactRate / (1 - beta1Power));
      case ADAM_INVERSE_SQRT_CORRECTION -> (float) (1 / Math.sqrt(1 - beta2Power));
    };
  }
}
