package org.cnnc.compiler.loop;

/** An argument of {@link Invoke}, matching a {@link Parameter} of the same kind. */
public sealed interface Argument {
  /** For a {@link Parameter.Array}. */
  record Array(ArrayRef array) implements Argument {}

  /** For a {@link Parameter.Scalar}. */
  record Scalar(Expr value) implements Argument {}

  /** For a {@link Parameter.Integer}. */
  @SuppressWarnings("JavaLangClash")
  record Integer(Index value) implements Argument {}
}
