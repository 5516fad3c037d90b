package org.cnnc.compiler.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.SourceVersion;
import org.cnnc.compiler.internal.InternalCompilerError;

/** The rules of {@link LoopVerifier} for one function. */
final class FunctionVerifier implements Stmt.Visitor<Void> {
  private final LoopFunction function;
  private final Map<String, Buffer> buffers;
  private final Map<String, LoopFunction> callable;
  private final Scope<Symbol> scope = new Scope<>();
  private final OperandVerifier operands;
  private Optional<Stmt> statement = Optional.empty();
  private boolean insideVectorLoop;

  private FunctionVerifier(
      LoopFunction function, Map<String, Buffer> buffers, Map<String, LoopFunction> callable) {
    this.function = function;
    this.buffers = buffers;
    this.callable = callable;
    this.operands = new OperandVerifier(scope, buffers);
  }

  static void verify(
      LoopFunction function, Map<String, Buffer> buffers, Map<String, LoopFunction> callable) {
    FunctionVerifier verifier = new FunctionVerifier(function, buffers, callable);
    try {
      verifier.verifyFunction();
    } catch (IllegalStateException | ArithmeticException | IllegalArgumentException e) {
      throw new InternalCompilerError(
          "function "
              + function.name()
              + ", at `"
              + verifier.statementText()
              + "`: "
              + e.getMessage(),
          e);
    }
  }

  private void verifyFunction() {
    check(function.line() >= 0, "a negative line");
    for (Parameter parameter : function.parameters()) {
      declare(parameter.name(), symbolOf(parameter));
    }
    function.body().accept(this);
  }

  private static Symbol symbolOf(Parameter parameter) {
    if (parameter instanceof Parameter.Array array) {
      check(array.length() >= 1, "an array parameter without elements");
      return new Symbol.OfArray(array.variable(), array.variable());
    }
    if (parameter instanceof Parameter.Integer integer) {
      return new Symbol.OfIndex(integer.variable());
    }
    return new Symbol.OfValue(ValueType.SCALAR, false, false);
  }

  private void declare(String name, Symbol symbol) {
    check(
        SourceVersion.isName(name) && !name.contains("."),
        () -> "`" + name + "` is not a legal Java name");
    check(!buffers.containsKey(name), () -> "`" + name + "` is the name of a buffer");
    check(scope.declare(name, symbol), () -> "`" + name + "` is declared already");
  }

  /** Fails with the rule that is broken; the place is added in {@link #verify}. */
  static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException(rule);
    }
  }

  /** Fails with the rule that is broken, put into words only then: nearly every check holds. */
  static void check(boolean holds, Supplier<String> rule) {
    if (!holds) {
      throw new IllegalStateException(rule.get());
    }
  }

  private void enter(Stmt stmt) {
    statement = Optional.of(stmt);
  }

  private String statementText() {
    return statement.map(stmt -> LoopPrinter.firstLine(stmt).strip()).orElse("parameters");
  }

  @Override
  public Void visitBlock(Block stmt) {
    scope.open();
    stmt.statements().forEach(inner -> inner.accept(this));
    scope.close();
    return null;
  }

  @Override
  public Void visitFor(For stmt) {
    enter(stmt);
    IndexVar index = stmt.index();
    stmt.begin().accept(operands);
    stmt.end().accept(operands);
    check(
        stmt.begin().min() >= index.min(),
        () -> "the loop begins at " + stmt.begin().min() + ", below its variable's " + index.min());
    check(
        stmt.end().max() - 1L <= index.max(),
        () ->
            "the loop reaches "
                + (stmt.end().max() - 1L)
                + ", above its variable's "
                + index.max());
    boolean vector = stmt.kind() == For.Kind.VECTOR;
    switch (stmt.kind()) {
      case SERIAL -> {}
      case UNROLLED ->
          check(
              stmt.begin() instanceof IndexConst && stmt.end() instanceof IndexConst,
              "the bounds of an unrolled loop must be constant");
      case VECTOR -> {
        check(!insideVectorLoop, "a vector loop inside a vector loop");
        check(stmt.begin() instanceof IndexConst, "a vector loop must begin at a constant");
      }
    }
    scope.open();
    declare(index.name(), new Symbol.OfIndex(index));
    if (vector) {
      verifyVectorBody(stmt);
    } else {
      stmt.body().accept(this);
    }
    scope.close();
    return null;
  }

  private void verifyVectorBody(For stmt) {
    insideVectorLoop = true;
    operands.setVectorReach(reach(stmt));
    stmt.body().accept(this);
    operands.setVectorReach(0);
    insideVectorLoop = false;
    enter(stmt);
    VectorLoopRules.check(stmt, operands);
  }

  /**
   * Elements from the largest value of the loop variable to the end of the last round. Lanes are a
   * power of two, so no number of them reaches further than the most.
   */
  private static int reach(For stmt) {
    if (!(stmt.end() instanceof IndexConst end)) {
      return ValueType.MAX_LANES;
    }
    int rest = (end.value() - ((IndexConst) stmt.begin()).value()) % ValueType.MAX_LANES;
    return rest == 0 ? 1 : ValueType.MAX_LANES - rest + 1;
  }

  @Override
  public Void visitLet(Let stmt) {
    enter(stmt);
    stmt.value().accept(operands);
    declare(stmt.name(), new Symbol.OfValue(stmt.value().type(), true, insideVectorLoop));
    return null;
  }

  @Override
  public Void visitAssign(Assign stmt) {
    enter(stmt);
    stmt.value().accept(operands);
    Symbol symbol = scope.find(stmt.name()).orElse(null);
    check(symbol != null, () -> "`" + stmt.name() + "` is not declared");
    check(
        symbol instanceof Symbol.OfValue value && value.assignable(),
        () -> "`" + stmt.name() + "` is not a local bound by let");
    Symbol.OfValue target = (Symbol.OfValue) symbol;
    check(
        target.type() == stmt.value().type(),
        () -> "a " + stmt.value().type() + " assigned to a " + target.type());
    check(
        target.inVectorLoop() == insideVectorLoop,
        () ->
            "`"
                + stmt.name()
                + "` is declared outside of the vector loop, so its value would depend on the lanes");
    return null;
  }

  @Override
  public Void visitStore(Store stmt) {
    enter(stmt);
    stmt.value().accept(operands);
    operands.verifyElement(stmt.array(), stmt.index(), stmt.value().type());
    return null;
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    enter(stmt);
    stmt.array().accept(operands);
    declare(
        stmt.name(),
        new Symbol.OfArray(
            new ArrayVar(stmt.name(), stmt.array().length()), operands.origin(stmt.array())));
    return null;
  }

  @Override
  public Void visitLetIndex(LetIndex stmt) {
    enter(stmt);
    operands.verifyElement(stmt.array(), stmt.place(), ValueType.SCALAR);
    IndexVar variable = stmt.variable();
    check(
        variable.min() >= 0 && variable.max() <= LetIndex.LARGEST,
        "an index whose bits are no finite float of its sign");
    declare(variable.name(), new Symbol.OfIndex(variable));
    return null;
  }

  @Override
  public Void visitCopy(Copy stmt) {
    enter(stmt);
    check(stmt.length() >= 1, "a copy of nothing");
    operands.verifyRange(stmt.source(), stmt.sourceIndex(), stmt.length());
    operands.verifyRange(stmt.target(), stmt.targetIndex(), stmt.length());
    check(
        !operands.origin(stmt.source()).equals(operands.origin(stmt.target())),
        "source and target are the same array");
    return null;
  }

  @Override
  public Void visitFill(Fill stmt) {
    enter(stmt);
    stmt.value().accept(operands);
    check(stmt.value().type() == ValueType.SCALAR, "a fill with a vector");
    check(stmt.begin() < stmt.end(), "a fill of nothing");
    operands.verifyRange(stmt.array(), Index.of(stmt.begin()), stmt.end() - stmt.begin());
    return null;
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    enter(stmt);
    LoopFunction callee = callable.get(stmt.function());
    check(callee != null, "no function of that name comes earlier in the program");
    List<Parameter> parameters = callee.parameters();
    check(
        parameters.size() == stmt.arguments().size(),
        () -> stmt.arguments().size() + " arguments for " + parameters.size() + " parameters");
    for (int i = 0; i < parameters.size(); i++) {
      verifyArgument(stmt.arguments().get(i), parameters.get(i));
    }
    return null;
  }

  private void verifyArgument(Argument argument, Parameter parameter) {
    Supplier<String> place = () -> "argument for `" + parameter.name() + "`: ";
    if (argument instanceof Argument.Array array && parameter instanceof Parameter.Array wanted) {
      array.array().accept(operands);
      check(
          array.array().length() >= wanted.length(),
          () ->
              place.get()
                  + "an array of "
                  + array.array().length()
                  + ", wanted "
                  + wanted.length());
    } else if (argument instanceof Argument.Scalar scalar
        && parameter instanceof Parameter.Scalar) {
      scalar.value().accept(operands);
      check(scalar.value().type() == ValueType.SCALAR, () -> place.get() + "a vector");
    } else if (argument instanceof Argument.Integer integer
        && parameter instanceof Parameter.Integer wanted) {
      Index value = integer.value();
      value.accept(operands);
      check(
          value.min() >= wanted.variable().min() && value.max() <= wanted.variable().max(),
          () ->
              place.get()
                  + "a value in "
                  + OperandVerifier.range(value.min(), value.max())
                  + ", wanted "
                  + OperandVerifier.range(wanted.variable().min(), wanted.variable().max()));
    } else {
      check(false, () -> place.get() + "of another kind");
    }
  }
}
