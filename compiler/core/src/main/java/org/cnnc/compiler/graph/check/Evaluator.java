package org.cnnc.compiler.graph.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.BinaryExpression;
import org.cnnc.grammar.syntax.Call;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.ListExpression;
import org.cnnc.grammar.syntax.NameReference;
import org.cnnc.grammar.syntax.NumberLiteral;
import org.cnnc.grammar.syntax.Pipeline;
import org.cnnc.grammar.syntax.Stage;
import org.cnnc.grammar.syntax.StringLiteral;
import org.cnnc.grammar.syntax.UnaryExpression;

/** Finds the meaning of an expression; pipelines add their layers to the network on the way. */
final class Evaluator implements Expression.Visitor<Meaning> {
  private final Scope scope;
  private final LayerApplication layers;
  private final DiagnosticLog log;

  Evaluator(Scope scope, NetworkDraft network, DiagnosticLog log) {
    this.scope = scope;
    this.log = log;
    this.layers = new LayerApplication(network, scope, new ArgumentBinder(this, log), log);
  }

  Meaning evaluate(Expression expression) {
    return expression.accept(this);
  }

  /** Like {@link #evaluate}, where a name without a meaning may be one of the type's words. */
  Meaning evaluate(Expression expression, AttributeType<?> type) {
    if (!(expression instanceof NameReference reference)) {
      return evaluate(expression);
    }
    if (!scope.mentions(reference.name())) {
      boolean isWord = !type.words().isEmpty() || Scope.WORDS.contains(reference.name());
      return isWord ? new Meaning.OfWord(reference.name(), reference.span()) : evaluate(expression);
    }
    // What is called `adam` may have been meant to be called as one of the unknown names.
    boolean doubtful = type.words().contains(reference.name()) && scope.hasUnknown();
    return doubtful ? new Meaning.Unknown(reference.span()) : evaluate(expression);
  }

  /** A value of the network; anything else is reported. */
  Optional<ValueDraft> evaluateValue(Expression expression) {
    return value(evaluate(expression), log);
  }

  /** The value that is meant; anything else is reported. */
  static Optional<ValueDraft> value(Meaning meaning, DiagnosticLog log) {
    if (meaning instanceof Meaning.OfValue found) {
      return Optional.of(found.value());
    }
    if (!(meaning instanceof Meaning.Unknown)) {
      log.report(needsValue(meaning));
    }
    return Optional.empty();
  }

  private static Diagnostic needsValue(Meaning meaning) {
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.NEEDS_VALUE, meaning.span(), meaning.describe());
    return meaning instanceof Meaning.OfCall
        ? diagnostic
            .labelled("nothing is piped into it")
            .withHelp("write `value -> " + meaning.span().text() + "`")
        : diagnostic.labelled("not the input, nor the result of a layer");
  }

  @Override
  public Meaning visitNumber(NumberLiteral literal) {
    return number(Rational.of(literal.value()), literal.span());
  }

  @Override
  public Meaning visitText(StringLiteral literal) {
    return new Meaning.OfText(literal.text(), literal.span());
  }

  @Override
  public Meaning visitName(NameReference reference) {
    return scope.resolve(reference);
  }

  @Override
  public Meaning visitList(ListExpression list) {
    return new Meaning.OfList(list.elements().stream().map(this::evaluate).toList(), list.span());
  }

  @Override
  public Meaning visitCall(Call call) {
    return new Meaning.OfCall(call, call.span());
  }

  @Override
  public Meaning visitPipeline(Pipeline pipeline) {
    Meaning current = evaluate(pipeline.source());
    for (Stage stage : pipeline.stages()) {
      current = layers.apply(stage, current);
    }
    return current;
  }

  @Override
  public Meaning visitUnary(UnaryExpression expression) {
    return operand(expression.operand(), false)
        .<Meaning>map(operand -> new Meaning.OfNumber(operand.negated(), expression.span()))
        .orElseGet(() -> new Meaning.Unknown(expression.span()));
  }

  /**
   * {@code 1 + 2 + 3 + ...} leans to the left, so a loop walks down the left side, not the stack.
   */
  @Override
  public Meaning visitBinary(BinaryExpression expression) {
    Deque<BinaryExpression> pending = new ArrayDeque<>();
    Expression leftmost = expression;
    while (leftmost instanceof BinaryExpression binary) {
      pending.push(binary);
      leftmost = binary.left();
    }
    Optional<Rational> result = operand(leftmost, false);
    while (!pending.isEmpty()) {
      BinaryExpression next = pending.pop();
      Optional<Rational> left = result;
      Optional<Rational> right = operand(next.right(), left.isEmpty());
      result = left.flatMap(a -> right.flatMap(b -> compute(next, a, b)));
    }
    return result
        .<Meaning>map(number -> new Meaning.OfNumber(number, expression.span()))
        .orElseGet(() -> new Meaning.Unknown(expression.span()));
  }

  private Optional<Rational> compute(BinaryExpression expression, Rational left, Rational right) {
    if (expression.operator() == BinaryExpression.Operator.DIVIDE && right.isZero()) {
      log.report(
          Diagnostic.of(DiagnosticCode.DIVISION_BY_ZERO, expression.right().span())
              .labelled("this is 0"));
      return Optional.empty();
    }
    Optional<Rational> result =
        switch (expression.operator()) {
          case ADD -> left.plus(right);
          case SUBTRACT -> left.minus(right);
          case MULTIPLY -> left.times(right);
          case DIVIDE -> left.dividedBy(right);
        };
    if (result.isEmpty()) {
      reportTooLong(expression.span());
    }
    return result;
  }

  /**
   * The number.
   *
   * @param doubtful whether another operand is wrong, which was reported: the operator may be, too
   */
  private Optional<Rational> operand(Expression expression, boolean doubtful) {
    Meaning meaning = evaluate(expression);
    if (meaning instanceof Meaning.OfNumber found) {
      return Optional.of(found.number());
    }
    if (!doubtful && !(meaning instanceof Meaning.Unknown)) {
      log.report(
          Diagnostic.of(DiagnosticCode.NEEDS_NUMBER, meaning.span(), meaning.describe())
              .labelled("arithmetic is for compile-time numbers"));
    }
    return Optional.empty();
  }

  private Meaning number(Optional<Rational> number, Span span) {
    if (number.isEmpty()) {
      reportTooLong(span);
      return new Meaning.Unknown(span);
    }
    return new Meaning.OfNumber(number.get(), span);
  }

  private void reportTooLong(Span span) {
    log.report(
        Diagnostic.of(DiagnosticCode.NUMBER_TOO_LONG, span)
            .labelled("more than " + Rational.MAXIMAL_BITS + " bits")
            .withNote("compile-time numbers are exact, and become float32 at the end"));
  }
}
