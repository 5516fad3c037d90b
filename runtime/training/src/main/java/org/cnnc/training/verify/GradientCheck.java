package org.cnnc.training.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.RandomSource;

/**
 * Holds the gradients that a training program learns from against central differences: a parameter
 * moves a little and back beyond where it was, and the mean loss of some images must change by as
 * much as the gradient says. Parameters and images are seeded random numbers: a formula is right or
 * wrong whatever the weights are, and trained ones may be where nothing changes any more.
 *
 * <p>Each parameter moves along its own gradient, where the loss changes most, which shows a wrong
 * size; and in random directions in which every element moves as far as the others, which shows
 * wrong elements, unless the error is below some hundredths of the whole gradient's length.
 *
 * <p>A ReLU that bends on the way, or a maximum that changes hands, makes a difference wrong though
 * the gradient is right. The less it moves the rarer that is, until the loss changes by no more
 * than its own rounding. So steps become smaller until one fits, and what fits nowhere is tried
 * with other parameters and images: a wrong gradient is wrong there, too.
 */
public final class GradientCheck {
  private static final int IMAGES = 8;
  private static final int RANDOM_DIRECTIONS = 2;

  /** As parts of the typical element; large for parameters that the loss hardly feels. */
  private static final double FIRST_STEP = 0.1;

  /** Below, elements do not move at all. */
  private static final double LAST_STEP = 1e-7;

  /**
   * Sets of parameters and images. Tried with twenty sets for each network of the tests: most need
   * one, and where ReLUs are many, one in ten needs another.
   */
  private static final int ATTEMPTS = 8;

  /** A unit in the last place of a loss: the mean of eight is off by about as much. */
  private static final double NOISE = 0x1p-24;

  private final MeanLoss loss;
  private final LearntGradient gradients;
  private final RandomSource random;

  private GradientCheck(MeanLoss loss, LearntGradient gradients, RandomSource random) {
    this.loss = loss;
    this.gradients = gradients;
    this.random = random;
  }

  /**
   * Verifies all gradients of a program.
   *
   * @param training a training program; its parameters are changed
   * @throws IllegalArgumentException if this is no training program
   * @throws AssertionError if a gradient is wrong; the message has a line for each
   */
  public static void verify(Program training) {
    ProgramInfo info = trainingInfo(training);
    Map<String, String> wrong = new LinkedHashMap<>();
    info.parameters().forEach(parameter -> wrong.put(parameter.name(), ""));
    for (int seed = 1; seed <= ATTEMPTS && !wrong.isEmpty(); seed++) {
      try (MeanLoss loss = new MeanLoss(training, info, IMAGES, seed)) {
        GradientCheck check =
            new GradientCheck(loss, loss.gradients(), RandomSource.of(seed, "directions"));
        for (String parameter : List.copyOf(wrong.keySet())) {
          check
              .failure(parameter)
              .ifPresentOrElse(
                  failure -> wrong.put(parameter, failure), () -> wrong.remove(parameter));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "gradients of " + info.model() + " are wrong:\n  " + String.join("\n  ", wrong.values()));
    }
  }

  /**
   * Verifies that two forms of a training program, such as plain and with vectors, have the same
   * gradients and losses, bit for bit: where those of one are right, so are the other's. One step
   * of each tells, while {@link #verify} needs hundreds.
   *
   * @param verified a training program; its parameters are changed
   * @param other another form of the same; its parameters are changed
   * @throws IllegalArgumentException if one is no training program, or they are of two models
   * @throws AssertionError if a bit differs; the message has a line for each wrong parameter
   */
  public static void verifySame(Program verified, Program other) {
    ProgramInfo info = trainingInfo(verified);
    ProgramInfo otherInfo = trainingInfo(other);
    if (!info.hash().equals(otherInfo.hash())) {
      throw new IllegalArgumentException(
          "models with the hashes " + info.hash() + " and " + otherInfo.hash());
    }
    try (MeanLoss expected = new MeanLoss(verified, info, IMAGES, 1);
        MeanLoss found = new MeanLoss(other, otherInfo, IMAGES, 1)) {
      List<String> differences = new ArrayList<>();
      SameBits.difference("losses", expected.losses(), found.losses()).ifPresent(differences::add);
      LearntGradient right = expected.gradients();
      LearntGradient others = found.gradients();
      for (ParameterInfo parameter : info.parameters()) {
        String name = parameter.name();
        SameBits.difference(name, right.of(name), others.of(name)).ifPresent(differences::add);
      }
      if (!differences.isEmpty()) {
        throw new AssertionError(
            "gradients of two forms of "
                + info.model()
                + " differ:\n  "
                + String.join("\n  ", differences));
      }
    }
  }

  private static ProgramInfo trainingInfo(Program program) {
    ProgramInfo info = ProgramInfo.parse(program.description());
    if (info.kind() != Kind.TRAINING) {
      throw new IllegalArgumentException(info.model() + " is no training program");
    }
    return info;
  }

  /** Why a parameter's gradient seems to be wrong here. */
  private Optional<String> failure(String parameter) {
    float[] values = loss.first(parameter);
    float[] gradient = gradients.of(parameter);
    Optional<String> failure = failure(parameter, gradient, Direction.along(gradient, values));
    for (int i = 0; i < RANDOM_DIRECTIONS && failure.isEmpty(); i++) {
      failure = failure(parameter, gradient, Direction.random(values, random));
    }
    loss.set(parameter, values);
    return failure;
  }

  /** Fails unless a step fits; of what does not fit it tells the best. */
  private Optional<String> failure(String parameter, float[] gradient, Direction direction) {
    Optional<Difference> best = Optional.empty();
    for (double step = FIRST_STEP; step > LAST_STEP; step /= 3) {
      Difference difference = difference(parameter, gradient, direction, step);
      if (best.isPresent() && !difference.isClear()) {
        break; // and so are the smaller ones: anything would fit
      }
      if (difference.fits()) {
        return Optional.empty();
      }
      if (best.isEmpty() || difference.error() < best.get().error()) {
        best = Optional.of(difference);
      }
    }
    return best.map(found -> parameter + ", moved " + direction.name() + ": " + found);
  }

  private Difference difference(
      String parameter, float[] gradient, Direction direction, double step) {
    float[] above = direction.move(loss.first(parameter), step);
    float[] below = direction.move(loss.first(parameter), -step);
    double lossAbove = loss.at(parameter, above);
    double lossBelow = loss.at(parameter, below);
    double noise = NOISE * Math.max(1, Math.abs(lossAbove));
    return Difference.of(gradient, above, below, lossAbove - lossBelow, noise);
  }
}
