package org.cnnc.compiler;

import java.util.function.Supplier;

/** A size of a program is beyond what an int can be. */
final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How the exact methods of {@link Math} end their messages; a division by zero has another. */
  private static final String OVERFLOW = " overflow";

  private TooLargeException(ArithmeticException cause) {
    super(cause);
  }

  /**
   * Makes what is made of sizes, which are all computed exactly.
   *
   * @throws TooLargeException if one overflows; any other exception of the maker comes through
   */
  static <T> T expectSizes(Supplier<T> maker) throws TooLargeException {
    try {
      return maker.get();
    } catch (ArithmeticException e) {
      if (e.getMessage() != null && e.getMessage().endsWith(OVERFLOW)) {
        throw new TooLargeException(e);
      }
      throw e;
    }
  }
}
