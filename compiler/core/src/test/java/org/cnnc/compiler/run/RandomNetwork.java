package org.cnnc.compiler.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes random networks that are valid by construction, and small enough for the interpreter.
 *
 * <p>Shapes are followed while layers are drawn, so that a window fits what it moves over. The work
 * of all layers for one image stays below a budget of multiply-adds.
 */
public final class RandomNetwork {
  private static final long BUDGET = 30_000;

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int channels;
  private int height;
  private int width;
  private int bindings;
  private long work;

  private RandomNetwork(long seed) {
    this.random = new Random(seed);
  }

  /** The text of the network of a seed. */
  public static String text(long seed) {
    RandomNetwork network = new RandomNetwork(seed);
    network.write();
    return network.text.toString();
  }

  private void write() {
    channels = pick(1, 1, 2, 3, 3, 5);
    height = between(1, 14);
    width = between(1, 14);
    text.append("network Random {\n");
    text.append("    input image[%d, %d, %d];\n".formatted(channels, height, width));
    String value = "image";
    int stages = random.nextInt(5);
    for (int stage = 0; stage < stages; stage++) {
      value = bind(value, imageLayers());
    }
    String features = value;
    value = bind(features, "flatten" + vectorLayers());
    int classes = between(1, 6);
    text.append(
        "    output label = %s -> fc(%d%s) -> softmax;\n".formatted(value, classes, bias()));
    if (!features.equals("image") && random.nextInt(4) == 0) {
      text.append("    output seen = %s -> flatten;\n".formatted(features));
    }
    text.append("    loss cross_entropy(label);\n");
    text.append(
        "    train { optimizer = %s; batch = %d; }\n".formatted(optimizer(), pick(1, 2, 3, 5, 9)));
    text.append("}\n");
  }

  private String bind(String value, String layers) {
    String name = "value" + ++bindings;
    text.append("    %s = %s -> %s;\n".formatted(name, value, layers));
    return name;
  }

  private String imageLayers() {
    List<String> layers = new ArrayList<>();
    int count = between(1, 3);
    for (int i = 0; i < count; i++) {
      layers.add(
          switch (random.nextInt(5)) {
            case 0, 1 -> conv();
            case 2 -> pool();
            default -> activation();
          });
    }
    return String.join(" -> ", layers);
  }

  private String conv() {
    int[] padding = {0, 0, 0, 0};
    String padded = "";
    switch (random.nextInt(5)) {
      case 0 -> {
        int all = between(0, 3);
        padding = new int[] {all, all, all, all};
        padded = ", padding = " + all;
      }
      case 1 -> {
        int rows = between(0, 2);
        int columns = between(0, 2);
        padding = new int[] {rows, rows, columns, columns};
        padded = ", padding = [%d, %d]".formatted(rows, columns);
      }
      case 2 -> {
        padding = new int[] {between(0, 3), between(0, 2), between(0, 2), between(0, 3)};
        padded =
            ", padding = [%d, %d, %d, %d]"
                .formatted(padding[0], padding[1], padding[2], padding[3]);
      }
      default -> {}
    }
    int rows = between(1, Math.min(5, height + padding[0] + padding[1]));
    int columns = between(1, Math.min(5, width + padding[2] + padding[3]));
    int down = pick(1, 1, 1, 2, 3);
    int right = pick(1, 1, 1, 2, 4);
    int out = pick(1, 2, 3, 4, 5, 7, 8, 11);
    int newHeight = (height + padding[0] + padding[1] - rows) / down + 1;
    int newWidth = (width + padding[2] + padding[3] - columns) / right + 1;
    if (!spend((long) out * newHeight * newWidth * channels * rows * columns)) {
      return activation();
    }
    channels = out;
    height = newHeight;
    width = newWidth;
    return "conv(%d, kernel = %s%s%s%s)"
        .formatted(out, size(rows, columns), stride(down, right), padded, bias());
  }

  private String pool() {
    int rows = between(1, Math.min(4, height));
    int columns = between(1, Math.min(4, width));
    int vertical = between(0, rows / 2);
    int horizontal = between(0, columns / 2);
    boolean strided = random.nextBoolean();
    int down = strided ? between(1, 4) : rows;
    int right = strided ? between(1, 4) : columns;
    height = (height + 2 * vertical - rows) / down + 1;
    width = (width + 2 * horizontal - columns) / right + 1;
    String padding =
        vertical + horizontal == 0 && random.nextBoolean()
            ? ""
            : ", padding = [%d, %d]".formatted(vertical, horizontal);
    String stride = strided ? ", stride = " + size(down, right) : "";
    String kind = random.nextBoolean() ? "maxpool" : "avgpool";
    return "%s(%s%s%s)".formatted(kind, size(rows, columns), stride, padding);
  }

  private String activation() {
    return switch (random.nextInt(6)) {
      case 0 -> "sigmoid";
      case 1 -> "tanh";
      case 2 -> "leaky_relu(slope = 0.%d)".formatted(between(1, 9));
      case 3 -> "mish";
      default -> "relu";
    };
  }

  private String vectorLayers() {
    StringBuilder layers = new StringBuilder();
    int in = channels * height * width;
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int out = between(1, 19);
      if (spend((long) in * out)) {
        layers.append(" -> fc(%d%s)".formatted(out, bias()));
        in = out;
      }
      layers.append(" -> ").append(random.nextInt(6) == 0 ? "softmax" : activation());
    }
    return layers.toString();
  }

  private String optimizer() {
    return switch (random.nextInt(4)) {
      case 0 -> "adam(rate = 0.01)";
      case 1 -> "sgd(rate = 0.1, momentum = 0.9, nesterov = true)";
      case 2 -> "sgd(rate = 0.05, momentum = 0.5, weight_decay = 0.01)";
      default -> "sgd(rate = 0.1)";
    };
  }

  private boolean spend(long multiplyAdds) {
    if (work + multiplyAdds > BUDGET) {
      return false;
    }
    work += multiplyAdds;
    return true;
  }

  private String bias() {
    return random.nextInt(4) == 0 ? ", bias = false" : "";
  }

  private static String size(int rows, int columns) {
    return rows == columns ? Integer.toString(rows) : "[%d, %d]".formatted(rows, columns);
  }

  private static String stride(int down, int right) {
    return down == 1 && right == 1 ? "" : ", stride = " + size(down, right);
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }
}
