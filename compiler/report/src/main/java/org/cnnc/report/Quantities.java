package org.cnnc.report;

import java.util.Locale;

/** Numbers for people; the same text in every country. */
public final class Quantities {
  private static final String[] BYTE_UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private Quantities() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 96.4 %}. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  /** With four places after the point. */
  public static String fourPlaces(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  /** {@code 512 B}, {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes / 1024.0;
    int unit = 0;
    while (size >= 1024 && unit < BYTE_UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, BYTE_UNITS[unit]);
  }
}
