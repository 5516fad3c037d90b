package org.cnnc.compiler.emit.source;

import static org.cnnc.compiler.emit.source.JavaOperators.CONDITIONAL;
import static org.cnnc.compiler.emit.source.JavaOperators.PRIMARY;
import static org.cnnc.compiler.emit.source.JavaOperators.UNARY;

import com.palantir.javapoet.ClassName;
import java.util.List;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.MethodNames;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.emit.source.JavaOperators.Infix;
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

/** Writes expressions and arrays: floats with Java's operators, vectors with the Vector API. */
final class ExprPrinter implements Expr.Visitor<Void>, ArrayRef.Visitor<Void> {
  private final JavaText text;
  private final IndexPrinter indices;

  ExprPrinter(JavaText text) {
    this.text = text;
    this.indices = new IndexPrinter(text);
  }

  /** Writes an expression where anything may stand. */
  void print(Expr expr) {
    expr.accept(this);
  }

  void print(Index index) {
    indices.print(index, 0);
  }

  void print(ArrayRef array) {
    array.accept(this);
  }

  /** Writes an element, {@code x[i + 3]}. */
  void element(ArrayRef array, Index index) {
    print(array);
    text.add("[");
    print(index);
    text.add("]");
  }

  /** Writes an expression where operators of this precedence or higher may stand. */
  private void operand(Expr expr, int precedence) {
    if (precedence(expr) >= precedence) {
      print(expr);
      return;
    }
    text.open();
    print(expr);
    text.close();
  }

  private static int precedence(Expr expr) {
    if (expr.type() == ValueType.VECTOR) {
      return PRIMARY;
    }
    if (expr instanceof Select) {
      return CONDITIONAL;
    }
    if (expr instanceof Binary binary && JavaOperators.INFIX.containsKey(binary.op())) {
      return JavaOperators.INFIX.get(binary.op()).precedence();
    }
    boolean isCast =
        expr instanceof IndexToFloat
            || (expr instanceof Unary unary && unary.op() == Unary.Op.SQRT);
    return isCast || beginsWithMinus(expr) ? UNARY : PRIMARY;
  }

  private static boolean beginsWithMinus(Expr expr) {
    return (expr instanceof Unary unary && unary.op() == Unary.Op.NEGATE)
        || (expr instanceof Const constant && Float.floatToIntBits(constant.value()) < 0);
  }

  private void call(ClassName type, String method, Expr... arguments) {
    text.add(type).add("." + method);
    arguments(List.of(arguments));
  }

  private void method(Expr receiver, String method, Expr... arguments) {
    operand(receiver, PRIMARY);
    text.dot(method);
    arguments(List.of(arguments));
  }

  private void arguments(List<Expr> arguments) {
    text.open();
    for (int i = 0; i < arguments.size(); i++) {
      if (i > 0) {
        text.comma();
      }
      print(arguments.get(i));
    }
    text.close();
  }

  @Override
  public Void visitBufferRow(BufferRow row) {
    text.add(row.buffer().name());
    if (!row.buffer().isSingleRow()) {
      text.add("[");
      print(row.row());
      text.add("]");
    }
    return null;
  }

  @Override
  public Void visitArrayVar(ArrayVar variable) {
    text.add(variable.name());
    return null;
  }

  @Override
  public Void visitConst(Const expr) {
    float value = expr.value();
    if (Float.isFinite(value)) {
      text.add(FloatLiteral.of(value));
      return null;
    }
    text.add(JavaTypes.FLOAT);
    if (Float.isNaN(value)) {
      text.add(".NaN");
    } else {
      text.add(value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY");
    }
    return null;
  }

  @Override
  public Void visitVar(Var expr) {
    text.add(expr.name());
    return null;
  }

  @Override
  public Void visitLoad(Load expr) {
    if (expr.type() == ValueType.SCALAR) {
      element(expr.array(), expr.index());
      return null;
    }
    text.add(JavaTypes.FLOAT_VECTOR).add(".fromArray").open();
    text.add(ClassPlan.SPECIES_FIELD).comma();
    print(expr.array());
    text.comma();
    print(expr.index());
    text.close();
    return null;
  }

  @Override
  public Void visitUnary(Unary expr) {
    if (expr.type() == ValueType.VECTOR) {
      method(expr.operand(), MethodNames.ofVector(expr.op()));
      return null;
    }
    switch (expr.op()) {
      case NEGATE -> {
        text.add("-");
        operand(expr.operand(), beginsWithMinus(expr.operand()) ? PRIMARY : UNARY);
      }
      case SQRT -> {
        text.add("(float) ");
        call(JavaTypes.MATH, MethodNames.ofMath(expr.op()), expr.operand());
      }
      case ABS -> call(JavaTypes.MATH, MethodNames.ofMath(expr.op()), expr.operand());
    }
    return null;
  }

  @Override
  public Void visitBinary(Binary expr) {
    if (expr.type() == ValueType.VECTOR) {
      method(expr.left(), MethodNames.ofVector(expr.op()), expr.right());
    } else if (JavaOperators.INFIX.containsKey(expr.op())) {
      infix(expr.left(), JavaOperators.INFIX.get(expr.op()), expr.right());
    } else {
      call(JavaTypes.MATH, MethodNames.ofMath(expr.op()), expr.left(), expr.right());
    }
    return null;
  }

  private void infix(Expr left, Infix operator, Expr right) {
    operand(left, operator.precedence());
    text.space(operator.precedence()).add(operator.symbol() + " ");
    // Float arithmetic may not be regrouped.
    operand(right, operator.precedence() + 1);
  }

  @Override
  public Void visitFma(Fma expr) {
    if (expr.type() == ValueType.VECTOR) {
      method(expr.a(), "fma", expr.b(), expr.c());
    } else {
      call(JavaTypes.MATH, "fma", expr.a(), expr.b(), expr.c());
    }
    return null;
  }

  @Override
  public Void visitSelect(Select expr) {
    if (expr.type() == ValueType.VECTOR) {
      vectorSelect(expr);
      return null;
    }
    infix(expr.left(), JavaOperators.COMPARISONS.get(expr.comparison()), expr.right());
    text.space(CONDITIONAL).add("? ");
    operand(expr.whenTrue(), CONDITIONAL + 1);
    text.space(CONDITIONAL).add(": ");
    operand(expr.whenFalse(), CONDITIONAL);
    return null;
  }

  private void vectorSelect(Select expr) {
    operand(expr.whenFalse(), PRIMARY);
    text.dot("blend").open();
    print(expr.whenTrue());
    text.comma();
    operand(expr.left(), PRIMARY);
    text.dot("compare").open();
    text.add(JavaTypes.VECTOR_OPERATORS);
    text.add("." + MethodNames.ofVector(expr.comparison())).comma();
    print(expr.right());
    text.close().close();
  }

  @Override
  public Void visitBroadcast(Broadcast expr) {
    text.add(JavaTypes.FLOAT_VECTOR).add(".broadcast").open();
    text.add(ClassPlan.SPECIES_FIELD).comma();
    print(expr.scalar());
    text.close();
    return null;
  }

  @Override
  public Void visitIntrinsicCall(IntrinsicCall expr) {
    call(JavaTypes.NUMERICS, RuntimeSymbols.intrinsic(expr.function()), expr.argument());
    return null;
  }

  @Override
  public Void visitIndexToFloat(IndexToFloat expr) {
    text.add("(float) ");
    indices.print(expr.index(), UNARY);
    return null;
  }

  @Override
  public Void visitIndexBits(IndexBits expr) {
    text.add(JavaTypes.FLOAT).add(".intBitsToFloat").open();
    indices.print(expr.index(), 0);
    text.close();
    return null;
  }
}
