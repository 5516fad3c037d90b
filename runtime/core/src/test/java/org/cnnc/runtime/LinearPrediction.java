package org.cnnc.runtime;

/**
 * A prediction program written by hand, with what generated ones do: rows with a pitch, a parameter
 * stored in another order than PyTorch's, a copy of it that "prepare" makes, and two images at
 * once. The scores of each are {@code sum over i of weight[k, i] * x[i]}.
 */
final class LinearPrediction implements Program {
  static final String DESCRIPTION =
      """
      cnnc "0.1.0"
      model "Linear" hash "abc" kind prediction
      input "image" 2 2 2 scale 0.5 mean 0.0 1.0 std 1.0 2.0
      images "image" buffer 0 pitch 3 group 2
      buffer worker "image" 4 5
      buffer model "weight" 8 4
      buffer model "prepared" 1 32
      buffer worker "scores" 2 3
      parameter "fc1.weight" dims 3 8 buffer 1 strides 1 4 fan_in 8
      value "image" dims 2 2 2 buffer 0 pitch 3
      value "scores" dims 3 buffer 3 pitch 3
      output "label" value "scores" labels "a" "b" "c"
      phase "prepare" 8
      phase "forward" 1
      """;

  private final float[][] weight = new float[8][4];
  private final float[] prepared = new float[32];

  private static final class Arena implements Scratch {
    private final float[][] image = new float[4][5];
    private final float[][] scores = new float[2][3];

    @Override
    public float[][] rows(int buffer) {
      return buffer == 0 ? image : scores;
    }
  }

  @Override
  public String description() {
    return DESCRIPTION;
  }

  @Override
  public float[][] rows(int buffer) {
    return buffer == 1 ? weight : new float[][] {prepared};
  }

  @Override
  public Scratch newScratch() {
    return new Arena();
  }

  @Override
  public void run(int phase, int task, int images, Scratch scratch) {
    if (phase == 0) {
      System.arraycopy(weight[task], 0, prepared, 4 * task, 4);
      return;
    }
    Arena arena = (Arena) scratch;
    for (int n = 0; n < images; n++) {
      for (int k = 0; k < 3; k++) {
        float sum = 0;
        for (int i = 0; i < 8; i++) {
          float x = arena.image[2 * n + i / 4][i / 2 % 2 * 3 + i % 2];
          sum = Math.fma(prepared[4 * i + k], x, sum);
        }
        arena.scores[n][k] = sum;
      }
    }
  }
}
