package org.example.byhand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cnnc.runtime.Classification;

/**
 * Prints the worked examples of the lecture, as one would do them on paper. What stands behind an
 * arrow was computed by generated classes; see {@link Layers}.
 */
public final class ByHand {
  private static final float[] TENSOR = {
    0, -1, 0, 3, -5, 2, -2, 7, -4, // first slice
    1, -3, 6, 0, 4, -1, -8, 0, 5 // second slice
  };
  private static final float[] IMAGE = {
    2, 0, 4, 1,
    1, 1, 2, 1,
    3, 1, 5, 2,
    2, 2, 1, 4
  };
  private static final float[] SLICES = {0, 1, 0, 1, 0, 2, 3, 4};
  private static final float[] SCORES = {2, 1, 0};

  private final StringBuilder out = new StringBuilder();

  private ByHand() {}

  /** Prints all examples. */
  public static void main(String[] arguments) {
    System.out.print(text());
  }

  static String text() {
    ByHand examples = new ByHand();
    examples.relu();
    examples.pooling();
    examples.flatten();
    examples.softmax();
    return examples.out.toString();
  }

  private void relu() {
    line("1. ReLU(z) = max(0, z): a negative number becomes 0, the others stay.");
    float[] result = Layers.relu(TENSOR);
    String[] names = {"first slice", "second slice"};
    for (int slice = 0; slice < 2; slice++) {
      line("");
      line("   " + names[slice]);
      for (int row = 0; row < 3; row++) {
        int start = slice * 9 + row * 3;
        line(
            "   " + row(TENSOR, start, 3) + (row == 1 ? "   ->" : "     ") + row(result, start, 3));
      }
    }
    line("");
  }

  private void pooling() {
    line("2. Pooling with a 2 x 2 filter and stride 2: from 4 x 4 to 2 x 2, and nothing to learn.");
    line("");
    for (int row = 0; row < 4; row++) {
      line("   " + row(IMAGE, row * 4, 4));
    }
    line("");
    float[] max = Layers.maxPooling(IMAGE);
    float[] mean = Layers.averagePooling(IMAGE);
    for (int window = 0; window < 4; window++) {
      int start = window / 2 * 8 + window % 2 * 2;
      List<Float> numbers =
          List.of(IMAGE[start], IMAGE[start + 1], IMAGE[start + 4], IMAGE[start + 5]);
      line(
          "   window "
              + (window + 1)
              + ": max("
              + joined(numbers, ", ")
              + ") -> "
              + number(max[window])
              + "   mean: ("
              + joined(numbers, " + ")
              + ") / 4 -> "
              + number(mean[window]));
    }
    line("");
    for (int row = 0; row < 2; row++) {
      line(
          (row == 0 ? "   max " : "       ")
              + row(max, row * 2, 2)
              + (row == 0 ? "   mean " : "        ")
              + row(mean, row * 2, 2));
    }
    line("");
  }

  private void flatten() {
    line("3. Flatten: the tensor becomes a vector, slice by slice, each row by row.");
    line("");
    line("   first slice  second slice");
    for (int row = 0; row < 2; row++) {
      line("   " + row(SLICES, row * 2, 2) + "       " + row(SLICES, 4 + row * 2, 2));
    }
    line("");
    line("   -> " + joined(list(Layers.flatten(SLICES)), ", "));
    line("");
  }

  private void softmax() {
    line("4. Softmax: scores become probabilities, e^score / sum of all e^score.");
    line("");
    float[] result = Layers.softmax(SCORES);
    String[] classes = {"house", "person", "tree"};
    double sum = 0;
    for (float score : SCORES) {
      sum += Math.exp(score);
    }
    for (int i = 0; i < SCORES.length; i++) {
      line(
          String.format(
              Locale.ROOT,
              "   %-6s  score %s   e^%s = %.4f   %.4f / %.4f -> %.4f",
              classes[i],
              number(SCORES[i]),
              number(SCORES[i]),
              Math.exp(SCORES[i]),
              Math.exp(SCORES[i]),
              sum,
              result[i]));
    }
    float total = result[0] + result[1] + result[2];
    String answer = classes[Classification.of(result).index()];
    line(String.format(Locale.ROOT, "   sum %.4f, and the largest says: %s", total, answer));
  }

  private static String row(float[] numbers, int start, int count) {
    return list(Arrays.copyOfRange(numbers, start, start + count)).stream()
        .map(number -> String.format(Locale.ROOT, "%3s", number(number)))
        .collect(Collectors.joining());
  }

  private static String joined(List<Float> numbers, String between) {
    return numbers.stream().map(ByHand::number).collect(Collectors.joining(between));
  }

  private static List<Float> list(float[] numbers) {
    List<Float> list = new ArrayList<>();
    for (float number : numbers) {
      list.add(number);
    }
    return list;
  }

  /** Whole numbers without a point. */
  private static String number(float number) {
    return number == Math.rint(number)
        ? Integer.toString((int) number)
        : String.format(Locale.ROOT, "%.2f", number);
  }

  private void line(String text) {
    out.append(text).append(System.lineSeparator());
  }
}
