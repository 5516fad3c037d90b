package org.example;

/** Names one picture of stripes. */
public final class App {
  private App() {}

  /** The probabilities that eight lying stripes lie and stand, by the weights in the jar. */
  public static float[] answer() {
    float[] stripes = new float[64];
    for (int y = 0; y < 8; y += 2) {
      java.util.Arrays.fill(stripes, y * 8, y * 8 + 8, 1f);
    }
    return Stripes.load().predict(stripes);
  }

  /** Prints their bits. */
  public static void main(String[] arguments) {
    for (float probability : answer()) {
      System.out.println(Float.floatToIntBits(probability));
    }
  }
}
