package org.example.pictures;

import java.nio.file.Path;

/** What {@link PictureGenerator} was asked for. */
record Arguments(Path folder, long seed, int train, int test) {
  static Arguments parse(String... arguments) {
    Arguments result = new Arguments(Path.of("pictures"), 1, 3000, 300);
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seed" -> result = result.withSeed(Long.parseLong(arguments[++i]));
        case "--train" -> result = result.withTrain(Integer.parseInt(arguments[++i]));
        case "--test" -> result = result.withTest(Integer.parseInt(arguments[++i]));
        default -> result = result.withFolder(Path.of(arguments[i]));
      }
    }
    return result;
  }

  private Arguments withFolder(Path value) {
    return new Arguments(value, seed, train, test);
  }

  private Arguments withSeed(long value) {
    return new Arguments(folder, value, train, test);
  }

  private Arguments withTrain(int value) {
    return new Arguments(folder, seed, value, test);
  }

  private Arguments withTest(int value) {
    return new Arguments(folder, seed, train, value);
  }
}
