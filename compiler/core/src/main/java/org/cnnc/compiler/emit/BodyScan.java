package org.cnnc.compiler.emit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/** What a body names: buffers, other functions, vectors; and how many locals it binds. */
final class BodyScan {
  private final Set<Buffer> buffers = new LinkedHashSet<>();
  private final Set<String> callees = new LinkedHashSet<>();
  private boolean vectors;
  private final Set<String> locals = new LinkedHashSet<>();
  private int bindings;

  private BodyScan() {}

  static BodyScan of(Stmt body) {
    BodyScan scan = new BodyScan();
    body.accept(scan.new Statements());
    return scan;
  }

  /** Buffers that the body names itself, in the order of first use. */
  Set<Buffer> buffers() {
    return buffers;
  }

  /** Functions that the body invokes, in the order of first use. */
  Set<String> callees() {
    return callees;
  }

  boolean usesVectors() {
    return vectors;
  }

  /** Names that the body binds. */
  Set<String> locals() {
    return locals;
  }

  /** How often the body binds a name. */
  int bindings() {
    return bindings;
  }

  private void bind(String name) {
    locals.add(name);
    bindings++;
  }

  /** Looks at statements. */
  private final class Statements implements Stmt.Visitor<Void> {
    private final Expressions expressions = new Expressions();

    @Override
    public Void visitBlock(Block stmt) {
      stmt.statements().forEach(statement -> statement.accept(this));
      return null;
    }

    @Override
    public Void visitFor(For stmt) {
      bind(stmt.index().name());
      vectors |= stmt.kind() == For.Kind.VECTOR;
      return stmt.body().accept(this);
    }

    @Override
    public Void visitLet(Let stmt) {
      bind(stmt.name());
      return stmt.value().accept(expressions);
    }

    @Override
    public Void visitAssign(Assign stmt) {
      return stmt.value().accept(expressions);
    }

    @Override
    public Void visitStore(Store stmt) {
      stmt.array().accept(expressions);
      return stmt.value().accept(expressions);
    }

    @Override
    public Void visitLetArray(LetArray stmt) {
      bind(stmt.name());
      return stmt.array().accept(expressions);
    }

    @Override
    public Void visitCopy(Copy stmt) {
      stmt.source().accept(expressions);
      return stmt.target().accept(expressions);
    }

    @Override
    public Void visitFill(Fill stmt) {
      stmt.array().accept(expressions);
      return stmt.value().accept(expressions);
    }

    @Override
    public Void visitInvoke(Invoke stmt) {
      callees.add(stmt.function());
      for (Argument argument : stmt.arguments()) {
        if (argument instanceof Argument.Array array) {
          array.array().accept(expressions);
        } else if (argument instanceof Argument.Scalar scalar) {
          scalar.value().accept(expressions);
        }
      }
      return null;
    }
  }

  /** Looks at expressions and arrays. */
  private final class Expressions implements Expr.Visitor<Void>, ArrayRef.Visitor<Void> {
    @Override
    public Void visitBufferRow(BufferRow row) {
      buffers.add(row.buffer());
      return null;
    }

    @Override
    public Void visitArrayVar(ArrayVar variable) {
      return null;
    }

    @Override
    public Void visitConst(Const expr) {
      return null;
    }

    @Override
    public Void visitVar(Var expr) {
      vectors |= expr.type() == ValueType.VECTOR;
      return null;
    }

    @Override
    public Void visitLoad(Load expr) {
      vectors |= expr.type() == ValueType.VECTOR;
      return expr.array().accept(this);
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
      vectors = true;
      return expr.scalar().accept(this);
    }

    @Override
    public Void visitIntrinsicCall(IntrinsicCall expr) {
      return expr.argument().accept(this);
    }

    @Override
    public Void visitIndexToFloat(IndexToFloat expr) {
      return null;
    }
  }
}
