package org.cnnc.compiler.loop;

import java.util.Objects;

/**
 * An array parameter of a function, or an array bound by {@link LetArray}. It has at least {@code
 * length} floats.
 */
public record ArrayVar(String name, int length) implements ArrayRef {
  public ArrayVar {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitArrayVar(this);
  }
}
