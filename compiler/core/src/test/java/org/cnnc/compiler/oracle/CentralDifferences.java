package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Checks derivatives: {@code (loss(v + h) - loss(v - h)) / 2h} with h = 1e-5, in double precision,
 * agrees with what the step says to 1e-7 of the larger of 1 and its own size. A sample of variables
 * is moved one by one, which tells where a mistake is; all of them are moved at once in a few
 * random directions, which leaves no derivative out.
 */
final class CentralDifferences {
  private static final int DIRECTIONS = 2;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  private CentralDifferences() {}

  /** Checks a random sample of variables, and directions in which all of them move. */
  static void check(DoubleStep step, List<DoubleStep.Variable> all, int sampleSize, Random random) {
    List<DoubleStep.Variable> variables = new ArrayList<>(all);
    Collections.shuffle(variables, random);
    step.loss();
    double[] derivatives =
        variables.stream().mapToDouble(DoubleStep.Variable::derivative).toArray();
    for (int i = 0; i < Math.min(sampleSize, derivatives.length); i++) {
      DoubleStep.Variable variable = variables.get(i);
      double[] one = {1};
      check("derivative by " + variable, derivatives[i], step, List.of(variable), one);
    }
    for (int i = 0; i < DIRECTIONS && !variables.isEmpty(); i++) {
      double[] direction = direction(derivatives.length, random);
      double derivative = 0;
      for (int k = 0; k < direction.length; k++) {
        derivative += derivatives[k] * direction[k];
      }
      check("derivative by all at once", derivative, step, variables, direction);
    }
  }

  /** Of length 1, with the same share of every variable. */
  private static double[] direction(int count, Random random) {
    double share = 1 / Math.sqrt(count);
    return random.doubles(count).map(number -> number < 0.5 ? -share : share).toArray();
  }

  private static void check(
      String what,
      double derivative,
      DoubleStep step,
      List<DoubleStep.Variable> variables,
      double[] direction) {
    double[] values = variables.stream().mapToDouble(DoubleStep.Variable::get).toArray();
    double above = lossAt(step, variables, values, direction, STEP);
    double below = lossAt(step, variables, values, direction, -STEP);
    for (int i = 0; i < values.length; i++) {
      variables.get(i).set(values[i]);
    }
    double difference = (above - below) / (2 * STEP);
    assertThat(derivative)
        .as(what)
        .isCloseTo(difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
  }

  private static double lossAt(
      DoubleStep step,
      List<DoubleStep.Variable> variables,
      double[] values,
      double[] direction,
      double distance) {
    for (int i = 0; i < values.length; i++) {
      variables.get(i).set(values[i] + direction[i] * distance);
    }
    return step.loss();
  }
}
