package org.cnnc.compiler.cost;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4096}, {@code 200K}, {@code 8M}, {@code 1.5G}. */
public final class ByteSize {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([KMG]?)");
  private static final String UNITS = "KMG";

  private ByteSize() {}

  /**
   * The bytes of a size; K, M and G stand for 1024, 1024 * 1024 and so on, in either case.
   *
   * @throws IllegalArgumentException if the text is no size; the message says what is expected
   */
  public static long parse(String text) {
    Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "expected a number of bytes as 4096, 200K, 8M or 1G, found \"" + text + "\"");
    }
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    return (long) (Double.parseDouble(size.group(1)) * Math.pow(1024, power));
  }
}
