package org.cnnc.training.verify;

import java.util.Optional;

/** Compares numbers bit for bit; all that are not numbers count as equal. */
final class SameBits {
  private SameBits() {}

  /**
   * The first difference, if there is one.
   *
   * @param what for messages
   */
  static Optional<String> difference(String what, float[] expected, float[] found) {
    if (found.length != expected.length) {
      return Optional.of(
          "%s: expected %d numbers, found %d".formatted(what, expected.length, found.length));
    }
    for (int i = 0; i < expected.length; i++) {
      int expectedBits = Float.floatToIntBits(expected[i]);
      int foundBits = Float.floatToIntBits(found[i]);
      if (expectedBits != foundBits) {
        return Optional.of(
            "%s, element %d: expected %s (bits %08x), found %s (bits %08x)"
                .formatted(what, i, expected[i], expectedBits, found[i], foundBits));
      }
    }
    return Optional.empty();
  }
}
