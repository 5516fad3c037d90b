package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which images judge the network while it trains: {@code 0.2}, a random part of the data; {@code
 * last:2000}, the last of them; anything else is a path to other data.
 */
public record ValidationChoice(String text) {
  private static final String LAST = "last:";

  /** The other data, where the choice is a path to such. */
  public Optional<Path> path() {
    return text.startsWith(LAST) || fraction().isPresent()
        ? Optional.empty()
        : Optional.of(Path.of(text));
  }

  /** The same choice, a path starting from this folder instead of that which the process is in. */
  public ValidationChoice from(Path folder) {
    return path().map(other -> new ValidationChoice(folder.resolve(other).toString())).orElse(this);
  }

  /**
   * Splits the training data.
   *
   * @param reader of other data, for the network
   * @param seed of the random choice
   * @throws IllegalArgumentException if the choice does not fit the data, or is none
   */
  public Split split(Dataset training, DataReader reader, long seed) throws IOException {
    if (text.startsWith(LAST)) {
      return Split.last(training, count());
    }
    Optional<Double> fraction = fraction();
    return fraction.isPresent()
        ? Split.fraction(training, fraction.get(), seed)
        : new Split(training, Optional.of(otherData(reader)));
  }

  private int count() {
    String number = text.substring(LAST.length());
    if (!number.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("expected last:N with a number");
    }
    return Integer.parseInt(number);
  }

  private Optional<Double> fraction() {
    boolean decimal = text.matches("[0-9]*\\.?[0-9]+") && text.length() <= 20;
    return decimal ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  /** The test part of other data, if they come in two. */
  private Dataset otherData(DataReader reader) throws IOException {
    Path other = Path.of(text);
    if (!Files.exists(other)) {
      throw new IllegalArgumentException(
          "there is no such file or folder of other data; a part of the data is written as 0.2,"
              + " their last images as last:2000");
    }
    DataReader.Data data = reader.read(other);
    return data.test().orElse(data.training());
  }
}
