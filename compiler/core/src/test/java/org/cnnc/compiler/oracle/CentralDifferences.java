package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Checks derivatives: {@code (loss(v + h) - loss(v - h)) / 2h} with h = 1e-5, in double precision,
 * agrees with what the step says to 1e-7 of the larger of 1 and its own size.
 */
final class CentralDifferences {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  private CentralDifferences() {}

  /** Checks a random sample of variables. */
  static void check(DoubleStep step, List<DoubleStep.Variable> all, int sampleSize, Random random) {
    List<DoubleStep.Variable> variables = new ArrayList<>(all);
    Collections.shuffle(variables, random);
    check(step, variables.subList(0, Math.min(sampleSize, variables.size())));
  }

  private static void check(DoubleStep step, List<DoubleStep.Variable> variables) {
    step.loss();
    double[] derivatives =
        variables.stream().mapToDouble(DoubleStep.Variable::derivative).toArray();
    for (int i = 0; i < derivatives.length; i++) {
      DoubleStep.Variable variable = variables.get(i);
      double value = variable.get();
      variable.set(value + STEP);
      double above = step.loss();
      variable.set(value - STEP);
      double below = step.loss();
      variable.set(value);
      double difference = (above - below) / (2 * STEP);
      assertThat(derivatives[i])
          .as("derivative by " + variable)
          .isCloseTo(difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
    }
  }
}
