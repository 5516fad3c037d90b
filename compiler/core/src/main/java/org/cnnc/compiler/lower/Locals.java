package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Var;

/** Locals of one loop body, in the order in which they are bound. */
final class Locals {
  private final List<Stmt> statements = new ArrayList<>();

  /** Binds a local and gives its value. */
  Expr let(String name, Expr value) {
    statements.add(new Let(name, value));
    return new Var(name, value.type());
  }

  /** Adds a statement after the locals bound so far. */
  void add(Stmt statement) {
    statements.add(statement);
  }

  /** The body: what was bound and added. */
  Stmt finish() {
    return new Block(statements);
  }

  /** The body: the locals, then {@code last}. */
  Stmt finish(Stmt last) {
    statements.add(last);
    return new Block(statements);
  }
}
