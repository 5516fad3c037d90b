package org.cnnc.compiler.graph.check;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Small parts of messages. */
final class Wording {
  private Wording() {}

  /** {@code 1 label}, {@code 2 labels}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code `sgd`, `adam`}. */
  static String code(Collection<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  /** {@code 268,435,456}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
