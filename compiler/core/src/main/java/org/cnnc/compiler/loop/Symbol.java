package org.cnnc.compiler.loop;

/** What a name inside a function stands for. */
sealed interface Symbol {
  /** A loop variable or integer parameter. */
  record OfIndex(IndexVar variable) implements Symbol {}

  /** A float parameter, or a local bound by {@link Let}; only the latter may be assigned. */
  record OfValue(ValueType type, boolean assignable, boolean inVectorLoop) implements Symbol {}

  /**
   * An array parameter, or an array bound by {@link LetArray}; {@code origin} is the row of a
   * buffer or the parameter that it is.
   */
  record OfArray(ArrayVar variable, ArrayRef origin) implements Symbol {}
}
