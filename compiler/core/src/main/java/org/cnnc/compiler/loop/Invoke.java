package org.cnnc.compiler.loop;

import java.util.List;

/**
 * Calls another function of the program. Functions do not recurse, and see all buffers of the
 * program.
 */
public record Invoke(String function, List<Argument> arguments) implements Stmt {
  public Invoke {
    arguments = List.copyOf(arguments);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitInvoke(this);
  }
}
