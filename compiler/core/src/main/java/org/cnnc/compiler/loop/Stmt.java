package org.cnnc.compiler.loop;

/** One statement of a loop function. */
public sealed interface Stmt
    permits Block, For, Let, Assign, Store, LetArray, LetIndex, Copy, Fill, Invoke {
  <R> R accept(Visitor<R> visitor);

  /** One method a node kind; adding a kind breaks every visitor. */
  interface Visitor<R> {
    R visitBlock(Block stmt);

    R visitFor(For stmt);

    R visitLet(Let stmt);

    R visitAssign(Assign stmt);

    R visitStore(Store stmt);

    R visitLetArray(LetArray stmt);

    R visitLetIndex(LetIndex stmt);

    R visitCopy(Copy stmt);

    R visitFill(Fill stmt);

    R visitInvoke(Invoke stmt);
  }
}
