package org.cnnc.compiler.loop;

/**
 * Visits every node below a statement, expression, index or array, in the order of evaluation.
 * Subclasses override what they look for, and call the method of this class to go on below it.
 */
public abstract class LoopWalker
    implements Stmt.Visitor<Void>, Expr.Visitor<Void>, Index.Visitor<Void>, ArrayRef.Visitor<Void> {

  @Override
  public Void visitBlock(Block stmt) {
    stmt.statements().forEach(inner -> inner.accept(this));
    return null;
  }

  @Override
  public Void visitFor(For stmt) {
    stmt.begin().accept(this);
    stmt.end().accept(this);
    return stmt.body().accept(this);
  }

  @Override
  public Void visitLet(Let stmt) {
    return stmt.value().accept(this);
  }

  @Override
  public Void visitAssign(Assign stmt) {
    return stmt.value().accept(this);
  }

  @Override
  public Void visitStore(Store stmt) {
    stmt.array().accept(this);
    stmt.index().accept(this);
    return stmt.value().accept(this);
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    return stmt.array().accept(this);
  }

  @Override
  public Void visitLetIndex(LetIndex stmt) {
    stmt.array().accept(this);
    return stmt.place().accept(this);
  }

  @Override
  public Void visitCopy(Copy stmt) {
    stmt.source().accept(this);
    stmt.sourceIndex().accept(this);
    stmt.target().accept(this);
    return stmt.targetIndex().accept(this);
  }

  @Override
  public Void visitFill(Fill stmt) {
    stmt.array().accept(this);
    return stmt.value().accept(this);
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    for (Argument argument : stmt.arguments()) {
      if (argument instanceof Argument.Array array) {
        array.array().accept(this);
      } else if (argument instanceof Argument.Scalar scalar) {
        scalar.value().accept(this);
      } else if (argument instanceof Argument.Integer integer) {
        integer.value().accept(this);
      }
    }
    return null;
  }

  @Override
  public Void visitConst(Const expr) {
    return null;
  }

  @Override
  public Void visitVar(Var expr) {
    return null;
  }

  @Override
  public Void visitLoad(Load expr) {
    expr.array().accept(this);
    return expr.index().accept(this);
  }

  @Override
  public Void visitUnary(Unary expr) {
    return expr.operand().accept(this);
  }

  @Override
  public Void visitBinary(Binary expr) {
    expr.left().accept(this);
    return expr.right().accept(this);
  }

  @Override
  public Void visitFma(Fma expr) {
    expr.a().accept(this);
    expr.b().accept(this);
    return expr.c().accept(this);
  }

  @Override
  public Void visitSelect(Select expr) {
    expr.left().accept(this);
    expr.right().accept(this);
    expr.whenTrue().accept(this);
    return expr.whenFalse().accept(this);
  }

  @Override
  public Void visitBroadcast(Broadcast expr) {
    return expr.scalar().accept(this);
  }

  @Override
  public Void visitIntrinsicCall(IntrinsicCall expr) {
    return expr.argument().accept(this);
  }

  @Override
  public Void visitIndexToFloat(IndexToFloat expr) {
    return expr.index().accept(this);
  }

  @Override
  public Void visitIndexBits(IndexBits expr) {
    return expr.index().accept(this);
  }

  @Override
  public Void visitConst(IndexConst index) {
    return null;
  }

  @Override
  public Void visitVar(IndexVar index) {
    return null;
  }

  @Override
  public Void visitSum(IndexSum index) {
    index.left().accept(this);
    return index.right().accept(this);
  }

  @Override
  public Void visitProduct(IndexProduct index) {
    return index.index().accept(this);
  }

  @Override
  public Void visitQuotient(IndexQuotient index) {
    return index.index().accept(this);
  }

  @Override
  public Void visitRemainder(IndexRemainder index) {
    return index.index().accept(this);
  }

  @Override
  public Void visitMinimum(IndexMinimum index) {
    index.left().accept(this);
    return index.right().accept(this);
  }

  @Override
  public Void visitBufferRow(BufferRow row) {
    return row.row().accept(this);
  }

  @Override
  public Void visitArrayVar(ArrayVar variable) {
    return null;
  }
}
