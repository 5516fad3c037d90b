package org.cnnc.compiler.loop;

import java.util.Locale;

/** Writes an {@link Expr}; parentheses show the structure, because floats do not associate. */
final class ExprText implements Expr.Visitor<String> {
  private static final ExprText INSTANCE = new ExprText();

  private ExprText() {}

  static String of(Expr expr) {
    return expr.accept(INSTANCE);
  }

  /** The array alone; a buffer of one row goes by its name. */
  static String array(ArrayRef array) {
    return array.accept(
        new ArrayRef.Visitor<>() {
          @Override
          public String visitBufferRow(BufferRow row) {
            Buffer buffer = row.buffer();
            return buffer.isSingleRow() && row.row().equals(Index.of(0))
                ? buffer.name()
                : buffer.name() + "[" + IndexText.of(row.row()) + "]";
          }

          @Override
          public String visitArrayVar(ArrayVar variable) {
            return variable.name();
          }
        });
  }

  /** An element, or with {@code ..} the vector that starts there. */
  static String element(ArrayRef array, Index index, ValueType type) {
    String suffix = type == ValueType.VECTOR ? " ..]" : "]";
    return array(array) + "[" + IndexText.of(index) + suffix;
  }

  @Override
  public String visitConst(Const expr) {
    return Float.toString(expr.value());
  }

  @Override
  public String visitVar(Var expr) {
    return expr.name();
  }

  @Override
  public String visitLoad(Load expr) {
    return element(expr.array(), expr.index(), expr.type());
  }

  @Override
  public String visitUnary(Unary expr) {
    return switch (expr.op()) {
      case NEGATE ->
          expr.operand() instanceof Const || precedence(expr.operand()) < ATOM
              ? "-(" + of(expr.operand()) + ")"
              : "-" + of(expr.operand());
      case ABS, SQRT -> call(expr.op().name(), expr.operand());
    };
  }

  @Override
  public String visitBinary(Binary expr) {
    return switch (expr.op()) {
      case ADD -> infix(expr, " + ");
      case SUBTRACT -> infix(expr, " - ");
      case MULTIPLY -> infix(expr, " * ");
      case DIVIDE -> infix(expr, " / ");
      case MAX, MIN -> call(expr.op().name(), expr.left(), expr.right());
    };
  }

  @Override
  public String visitFma(Fma expr) {
    return call("fma", expr.a(), expr.b(), expr.c());
  }

  @Override
  public String visitSelect(Select expr) {
    String comparison =
        switch (expr.comparison()) {
          case LESS -> " < ";
          case LESS_OR_EQUAL -> " <= ";
          case EQUAL -> " == ";
        };
    return "select("
        + of(expr.left())
        + comparison
        + of(expr.right())
        + ", "
        + of(expr.whenTrue())
        + ", "
        + of(expr.whenFalse())
        + ")";
  }

  @Override
  public String visitBroadcast(Broadcast expr) {
    return call("broadcast", expr.scalar());
  }

  @Override
  public String visitIntrinsicCall(IntrinsicCall expr) {
    return call(expr.function().name(), expr.argument());
  }

  @Override
  public String visitIndexToFloat(IndexToFloat expr) {
    return "float(" + IndexText.of(expr.index()) + ")";
  }

  @Override
  public String visitIndexBits(IndexBits expr) {
    return "bits(" + IndexText.of(expr.index()) + ")";
  }

  private static String call(String function, Expr... arguments) {
    StringBuilder text = new StringBuilder(function.toLowerCase(Locale.ROOT)).append('(');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ").append(of(arguments[i]));
    }
    return text.append(')').toString();
  }

  private static String infix(Binary expr, String operator) {
    int own = precedence(expr);
    return operand(expr.left(), own) + operator + operand(expr.right(), own + 1);
  }

  private static String operand(Expr expr, int atLeast) {
    return precedence(expr) < atLeast ? "(" + of(expr) + ")" : of(expr);
  }

  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int NEGATION = 3;
  private static final int ATOM = 4;

  private static int precedence(Expr expr) {
    if (expr instanceof Unary unary && unary.op() == Unary.Op.NEGATE) {
      return NEGATION;
    }
    if (!(expr instanceof Binary binary)) {
      return ATOM;
    }
    return switch (binary.op()) {
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE -> PRODUCT;
      case MAX, MIN -> ATOM;
    };
  }
}
