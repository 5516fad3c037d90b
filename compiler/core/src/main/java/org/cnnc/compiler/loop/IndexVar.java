package org.cnnc.compiler.loop;

import java.util.Objects;

/**
 * A loop variable or an integer parameter of a function. Its values lie in {@code min .. max}; the
 * verifier checks that the loop or the caller keeps to that.
 */
public record IndexVar(String name, int min, int max) implements Index {
  public IndexVar {
    Objects.requireNonNull(name, "name");
    if (min > max) {
      throw new IllegalArgumentException("index " + name + " has no value: " + min + " .. " + max);
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitVar(this);
  }
}
