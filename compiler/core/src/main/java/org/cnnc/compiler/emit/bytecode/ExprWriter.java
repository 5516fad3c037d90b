package org.cnnc.compiler.emit.bytecode;

import java.util.Arrays;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.MethodNames;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.InstructionAdapter;

/** Pushes expressions and arrays: floats, {@code FloatVector}s, {@code float[]}s. */
final class ExprWriter implements Expr.Visitor<Void>, ArrayRef.Visitor<Void> {
  private final InstructionAdapter code;
  private final Locals locals;
  private final IndexWriter indices;
  private final String className;

  ExprWriter(InstructionAdapter code, Locals locals, String className) {
    this.code = code;
    this.locals = locals;
    this.indices = new IndexWriter(code, locals);
    this.className = className;
  }

  void push(Expr expr) {
    expr.accept(this);
  }

  void push(Index index) {
    indices.push(index);
  }

  void push(ArrayRef array) {
    array.accept(this);
  }

  /** Pushes the class's species of vectors. */
  void pushSpecies() {
    code.getstatic(className, ClassPlan.SPECIES_FIELD, Symbols.SPECIES.getDescriptor());
  }

  static Type type(ValueType type) {
    return switch (type) {
      case SCALAR -> Type.FLOAT_TYPE;
      case VECTOR -> Symbols.VECTOR;
    };
  }

  private void callMath(String method, Type type, int arguments) {
    Type[] types = new Type[arguments];
    Arrays.fill(types, type);
    code.invokestatic(Symbols.MATH, method, Type.getMethodDescriptor(type, types), false);
  }

  private void callVector(String method, Type... arguments) {
    code.invokevirtual(
        Symbols.FLOAT_VECTOR, method, Type.getMethodDescriptor(Symbols.VECTOR, arguments), false);
  }

  private void makeVector(String method, Type... arguments) {
    code.invokestatic(
        Symbols.FLOAT_VECTOR, method, Type.getMethodDescriptor(Symbols.VECTOR, arguments), false);
  }

  @Override
  public Void visitBufferRow(BufferRow row) {
    int slot = locals.slot(row.buffer().name());
    code.load(slot, Symbols.of(row.buffer()));
    if (!row.buffer().isSingleRow()) {
      push(row.row());
      code.aload(Symbols.ROW);
    }
    return null;
  }

  @Override
  public Void visitArrayVar(ArrayVar variable) {
    code.load(locals.slot(variable.name()), Symbols.ROW);
    return null;
  }

  @Override
  public Void visitConst(Const expr) {
    code.fconst(expr.value());
    return null;
  }

  @Override
  public Void visitVar(Var expr) {
    code.load(locals.slot(expr.name()), type(expr.type()));
    return null;
  }

  @Override
  public Void visitLoad(Load expr) {
    if (expr.type() == ValueType.VECTOR) {
      pushSpecies();
      push(expr.array());
      push(expr.index());
      makeVector("fromArray", Symbols.SPECIES, Symbols.ROW, Type.INT_TYPE);
    } else {
      push(expr.array());
      push(expr.index());
      code.aload(Type.FLOAT_TYPE);
    }
    return null;
  }

  @Override
  public Void visitUnary(Unary expr) {
    push(expr.operand());
    if (expr.type() == ValueType.VECTOR) {
      callVector(MethodNames.ofVector(expr.op()));
      return null;
    }
    switch (expr.op()) {
      case NEGATE -> code.visitInsn(OperationOpcodes.UNARY.get(expr.op()));
      case ABS -> callMath(MethodNames.ofMath(expr.op()), Type.FLOAT_TYPE, 1);
      case SQRT -> {
        code.cast(Type.FLOAT_TYPE, Type.DOUBLE_TYPE);
        callMath(MethodNames.ofMath(expr.op()), Type.DOUBLE_TYPE, 1);
        code.cast(Type.DOUBLE_TYPE, Type.FLOAT_TYPE);
      }
    }
    return null;
  }

  @Override
  public Void visitBinary(Binary expr) {
    push(expr.left());
    push(expr.right());
    if (expr.type() == ValueType.VECTOR) {
      callVector(MethodNames.ofVector(expr.op()), Symbols.ANY_VECTOR);
    } else if (OperationOpcodes.BINARY.containsKey(expr.op())) {
      code.visitInsn(OperationOpcodes.BINARY.get(expr.op()));
    } else {
      callMath(MethodNames.ofMath(expr.op()), Type.FLOAT_TYPE, 2);
    }
    return null;
  }

  @Override
  public Void visitFma(Fma expr) {
    push(expr.a());
    push(expr.b());
    push(expr.c());
    if (expr.type() == ValueType.VECTOR) {
      callVector("fma", Symbols.ANY_VECTOR, Symbols.ANY_VECTOR);
    } else {
      callMath("fma", Type.FLOAT_TYPE, 3);
    }
    return null;
  }

  @Override
  public Void visitSelect(Select expr) {
    if (expr.type() == ValueType.VECTOR) {
      vectorSelect(expr);
      return null;
    }
    OperationOpcodes.Test test = OperationOpcodes.COMPARISONS.get(expr.comparison());
    Label otherwise = new Label();
    Label end = new Label();
    push(expr.left());
    push(expr.right());
    code.visitInsn(test.compare());
    code.visitJumpInsn(test.jump(), otherwise);
    push(expr.whenTrue());
    code.goTo(end);
    code.mark(otherwise);
    push(expr.whenFalse());
    code.mark(end);
    return null;
  }

  private void vectorSelect(Select expr) {
    push(expr.whenFalse());
    push(expr.whenTrue());
    push(expr.left());
    code.getstatic(
        Symbols.VECTOR_OPERATORS,
        MethodNames.ofVector(expr.comparison()),
        Symbols.COMPARISON.getDescriptor());
    push(expr.right());
    code.invokevirtual(
        Symbols.FLOAT_VECTOR,
        "compare",
        Type.getMethodDescriptor(Symbols.MASK, Symbols.COMPARISON, Symbols.ANY_VECTOR),
        false);
    callVector("blend", Symbols.ANY_VECTOR, Symbols.MASK);
  }

  @Override
  public Void visitBroadcast(Broadcast expr) {
    pushSpecies();
    push(expr.scalar());
    makeVector("broadcast", Symbols.SPECIES, Type.FLOAT_TYPE);
    return null;
  }

  @Override
  public Void visitIntrinsicCall(IntrinsicCall expr) {
    push(expr.argument());
    code.invokestatic(Symbols.NUMERICS, RuntimeSymbols.intrinsic(expr.function()), "(F)F", false);
    return null;
  }

  @Override
  public Void visitIndexToFloat(IndexToFloat expr) {
    push(expr.index());
    code.cast(Type.INT_TYPE, Type.FLOAT_TYPE);
    return null;
  }

  @Override
  public Void visitIndexBits(IndexBits expr) {
    push(expr.index());
    code.invokestatic(Symbols.FLOAT_BOX, "intBitsToFloat", "(I)F", false);
    return null;
  }
}
