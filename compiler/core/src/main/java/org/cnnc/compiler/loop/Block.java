package org.cnnc.compiler.loop;

import java.util.List;

/** Statements in order. Names bound in a block end with it. */
public record Block(List<Stmt> statements) implements Stmt {
  public Block {
    statements = List.copyOf(statements);
  }

  public static Block of(Stmt... statements) {
    return new Block(List.of(statements));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBlock(this);
  }
}
