package org.cnnc.cli;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.graph.TrainingSpec;

/**
 * The settings that weights say they were trained with. They need not say any, but what they say
 * must make sense.
 *
 * @param trouble what a message begins with: the file, and what is made of it
 * @param facts all that the file says of itself
 */
record StatedSettings(String trouble, Map<String, String> facts) {
  static final String BATCH = "cnnc.batch";
  static final String EPOCHS = "cnnc.epochs";
  static final String RATE = "cnnc.rate";
  static final String SEED = "cnnc.seed";

  /** Images of an epoch that was not finished. */
  static final String IMAGES = "cnnc.images";

  /**
   * Checks all of them.
   *
   * @throws UserException if one makes no sense; the message names it
   */
  void check() throws UserException {
    batch();
    epochs();
    rate();
    seed();
  }

  Optional<Integer> batch() throws UserException {
    return number(BATCH, Integer::valueOf, 1, TrainingSpec.MAXIMUM_BATCH);
  }

  /** None where training was stopped within the first one. */
  Optional<Integer> epochs() throws UserException {
    int least = facts.containsKey(IMAGES) ? 0 : 1;
    return number(EPOCHS, Integer::valueOf, least, Integer.MAX_VALUE);
  }

  Optional<Float> rate() throws UserException {
    return number(RATE, Float::valueOf, 0f, Float.MAX_VALUE);
  }

  Optional<Long> seed() throws UserException {
    return number(SEED, Long::valueOf, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private <T extends Comparable<T>> Optional<T> number(
      String key, Function<String, T> parser, T least, T most) throws UserException {
    String text = facts.get(key);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> number =
        parsed(text, parser)
            .filter(each -> each.compareTo(least) >= 0 && each.compareTo(most) <= 0);
    if (number.isEmpty()) {
      throw new UserException(
          trouble + ": expected a number for \"" + key + "\", found \"" + text + "\"");
    }
    return number;
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
