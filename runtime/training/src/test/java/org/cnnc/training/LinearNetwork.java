package org.cnnc.training;

import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.Program;

/**
 * A softmax classifier written by hand, as training program (SGD with momentum) and as prediction
 * program: three classes, images [1, 2, 2], batch 4. Does what generated programs do: phases, tasks
 * that write to places of their own, partial sums in a fixed order, a scratch.
 */
final class LinearNetwork implements Program {
  static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final int INPUTS = 4;

  private static final String HEAD =
      """
      cnnc "0.1.0"
      model "Linear" hash "abc" kind %s
      input "image" 1 2 2 scale 0.003921569 mean 0.5 std 0.5
      images "image" buffer 0
      """;

  private static final String TRAINING =
      HEAD.formatted("training")
          + """
          buffer shared "image" 4 4
          buffer model "weight" 3 4
          buffer model "velocity" 3 4
          buffer shared "gradient" 3 4
          buffer shared "scores" 4 3
          buffer shared "targets" 1 4
          buffer shared "losses" 1 4
          buffer shared "scalars" 1 2
          buffer worker "scratch" 1 3
          parameter "fc1.weight" dims 3 4 buffer 1 strides 4 1 fan_in 4
          state "momentum.fc1.weight" buffer 2
          gradient "fc1.weight" buffer 3
          value "label" dims 3 buffer 4 pitch 3
          output "label" value "label" labels "a" "b" "c"
          loss "cross_entropy" of "label" targets 5 losses 6
          scalars 7 rate inverse_images
          train optimizer "sgd" batch 4 epochs 3 seed 1 settings rate 0.1 momentum 0.9
          phase "forward" 4
          phase "update" 3 updates
          """;

  private static final String PREDICTION =
      HEAD.formatted("prediction")
          + """
          buffer worker "image" 1 4
          buffer model "weight" 3 4
          buffer worker "label" 1 3
          parameter "fc1.weight" dims 3 4 buffer 1 strides 4 1 fan_in 4
          value "label" dims 3 buffer 2 pitch 3
          output "label" value "label" labels "a" "b" "c"
          phase "forward" 1
          """;

  private final boolean training;
  private final float[][] images = new float[BATCH][INPUTS];
  private final float[][] weight = new float[CLASSES][INPUTS];
  private final float[][] velocity = new float[CLASSES][INPUTS];
  private final float[][] gradient = new float[CLASSES][INPUTS];
  private final float[][] scores = new float[BATCH][CLASSES];
  private final float[][] targets = new float[1][BATCH];
  private final float[][] losses = new float[1][BATCH];
  private final float[][] scalars = new float[1][2];

  private LinearNetwork(boolean training) {
    this.training = training;
  }

  static LinearNetwork training() {
    return new LinearNetwork(true);
  }

  static LinearNetwork prediction() {
    return new LinearNetwork(false);
  }

  private static final class Arena implements Scratch {
    private final float[][] image = new float[1][INPUTS];
    private final float[][] scores = new float[1][CLASSES];

    @Override
    public float[][] rows(int buffer) {
      return buffer == 0 ? image : scores;
    }
  }

  @Override
  public String description() {
    return training ? TRAINING : PREDICTION;
  }

  @Override
  public float[][] rows(int buffer) {
    return switch (buffer) {
      case 0 -> images;
      case 1 -> weight;
      case 2 -> velocity;
      case 3 -> gradient;
      case 4 -> scores;
      case 5 -> targets;
      case 6 -> losses;
      case 7 -> scalars;
      default -> throw new IllegalArgumentException("buffer " + buffer);
    };
  }

  @Override
  public Scratch newScratch() {
    return new Arena();
  }

  @Override
  public void run(int phase, int task, int count, Scratch scratch) {
    Arena arena = (Arena) scratch;
    if (!training) {
      softmax(arena.image[0], arena.scores[0]);
    } else if (phase == 0) {
      if (task < count) {
        forward(task, arena);
      }
    } else {
      update(task, count);
    }
  }

  private void forward(int image, Arena arena) {
    float[] probabilities = arena.scores[0];
    softmax(images[image], probabilities);
    System.arraycopy(probabilities, 0, scores[image], 0, CLASSES);
    losses[0][image] = -Numerics.log(probabilities[(int) targets[0][image]]);
  }

  private void softmax(float[] x, float[] result) {
    float sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      float logit = 0;
      for (int i = 0; i < INPUTS; i++) {
        logit = Math.fma(weight[k][i], x[i], logit);
      }
      result[k] = Numerics.exp(logit);
      sum += result[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      result[k] /= sum;
    }
  }

  private void update(int k, int count) {
    for (int i = 0; i < INPUTS; i++) {
      float sum = 0;
      for (int image = 0; image < count; image++) {
        float error = scores[image][k] - (targets[0][image] == k ? 1 : 0);
        sum = Math.fma(error, images[image][i], sum);
      }
      gradient[k][i] = sum * scalars[0][1];
      velocity[k][i] = Math.fma(0.9f, velocity[k][i], gradient[k][i]);
      weight[k][i] = Math.fma(-scalars[0][0], velocity[k][i], weight[k][i]);
    }
  }
}
