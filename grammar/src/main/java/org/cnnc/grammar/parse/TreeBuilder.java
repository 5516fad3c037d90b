package org.cnnc.grammar.parse;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.parse.antlr.CnncParser;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Argument;
import org.cnnc.grammar.syntax.BinaryExpression;
import org.cnnc.grammar.syntax.BinaryExpression.Operator;
import org.cnnc.grammar.syntax.Binding;
import org.cnnc.grammar.syntax.Call;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.InputStatement;
import org.cnnc.grammar.syntax.ListExpression;
import org.cnnc.grammar.syntax.LossStatement;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NameReference;
import org.cnnc.grammar.syntax.NumberLiteral;
import org.cnnc.grammar.syntax.OutputStatement;
import org.cnnc.grammar.syntax.Pipeline;
import org.cnnc.grammar.syntax.Setting;
import org.cnnc.grammar.syntax.Stage;
import org.cnnc.grammar.syntax.Statement;
import org.cnnc.grammar.syntax.StringLiteral;
import org.cnnc.grammar.syntax.TrainStatement;
import org.cnnc.grammar.syntax.UnaryExpression;

/** Makes one statement of the syntax tree from ANTLR's parse tree, which has no error in it. */
final class TreeBuilder {
  /** Every phase walks trees by recursion; deeper ones are refused. */
  static final int MAXIMUM_DEPTH = 200;

  private final TokenSpans spans;
  private final Consumer<Diagnostic> report;
  private boolean rejected;

  TreeBuilder(TokenSpans spans, Consumer<Diagnostic> report) {
    this.spans = spans;
    this.report = report;
  }

  /** The statement, unless a literal in it is wrong or it is too deep, which is reported. */
  Optional<Statement> build(CnncParser.StatementContext context) {
    Statement statement = statement(context);
    return rejected ? Optional.empty() : Optional.of(statement);
  }

  private Statement statement(CnncParser.StatementContext context) {
    if (context.input() != null) {
      return input(context.input());
    }
    if (context.binding() != null) {
      return binding(context.binding());
    }
    if (context.output() != null) {
      return output(context.output());
    }
    if (context.loss() != null) {
      return loss(context.loss());
    }
    return new TrainStatement(settings(context.train().settings()), spans.of(context));
  }

  private InputStatement input(CnncParser.InputContext context) {
    List<Setting> settings = context.settings() == null ? List.of() : settings(context.settings());
    return new InputStatement(
        name(context.NAME()), elements(context.list(), 0), settings, spans.of(context));
  }

  private Binding binding(CnncParser.BindingContext context) {
    List<Name> targets = context.targets().NAME().stream().map(this::name).toList();
    return new Binding(targets, expression(context.expression(), 0), spans.of(context));
  }

  private OutputStatement output(CnncParser.OutputContext context) {
    List<StringLiteral> labels =
        context.labels() == null
            ? List.of()
            : context.labels().STRING().stream().map(this::text).toList();
    return new OutputStatement(
        name(context.NAME()), expression(context.expression(), 0), labels, spans.of(context));
  }

  private LossStatement loss(CnncParser.LossContext context) {
    return new LossStatement(
        call(context.NAME(), Optional.of(context.arguments()), 0), spans.of(context));
  }

  private List<Setting> settings(CnncParser.SettingsContext context) {
    return context.setting().stream()
        .map(
            setting ->
                new Setting(
                    name(setting.NAME()), expression(setting.expression(), 0), spans.of(setting)))
        .toList();
  }

  // ---- expressions; depth counts the nodes above

  private Expression expression(CnncParser.ExpressionContext context, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      return tooDeep(context);
    }
    Expression source = sum(context.sum(), depth + 1);
    if (context.stage().isEmpty()) {
      return source;
    }
    List<Stage> stages = context.stage().stream().map(stage -> stage(stage, depth + 1)).toList();
    return new Pipeline(source, stages, spans.of(context));
  }

  private Stage stage(CnncParser.StageContext context, int depth) {
    Call layer = call(context.NAME(0), Optional.ofNullable(context.arguments()), depth);
    Optional<Name> alias = Optional.ofNullable(context.NAME(1)).map(this::name);
    return new Stage(layer, alias, spans.of(context));
  }

  /** Builds an operand of a sum or a product. */
  @FunctionalInterface
  private interface Operand<T extends ParserRuleContext> {
    Expression build(T context, int depth);
  }

  private Expression sum(CnncParser.SumContext context, int depth) {
    return leftToRight(context, context.product(), this::product, depth);
  }

  private Expression product(CnncParser.ProductContext context, int depth) {
    return leftToRight(context, context.unary(), this::unary, depth);
  }

  /** {@code a - b - c} as {@code (a - b) - c}: the leftmost operand is the deepest. */
  private <T extends ParserRuleContext> Expression leftToRight(
      ParserRuleContext context, List<T> operands, Operand<T> operand, int depth) {
    int operators = operands.size() - 1;
    if (depth + operators > MAXIMUM_DEPTH) {
      return tooDeep(context);
    }
    Expression result = operand.build(operands.get(0), depth + operators);
    for (int i = 1; i <= operators; i++) {
      Token symbol = ((TerminalNode) context.getChild(2 * i - 1)).getSymbol();
      Expression right = operand.build(operands.get(i), depth + operators);
      Span span = spans.of(context.getStart(), operands.get(i).getStop());
      result = new BinaryExpression(operator(symbol), result, right, span);
    }
    return result;
  }

  private static Operator operator(Token symbol) {
    return switch (symbol.getType()) {
      case CnncParser.PLUS -> Operator.ADD;
      case CnncParser.MINUS -> Operator.SUBTRACT;
      case CnncParser.STAR -> Operator.MULTIPLY;
      default -> Operator.DIVIDE;
    };
  }

  private Expression unary(CnncParser.UnaryContext context, int depth) {
    List<TerminalNode> signs = context.MINUS();
    if (depth + signs.size() > MAXIMUM_DEPTH) {
      return tooDeep(context);
    }
    Expression result = primary(context.primary(), depth + signs.size());
    for (int i = signs.size() - 1; i >= 0; i--) {
      result = new UnaryExpression(result, spans.of(signs.get(i).getSymbol(), context.getStop()));
    }
    return result;
  }

  private Expression primary(CnncParser.PrimaryContext context, int depth) {
    if (context.NUMBER() != null) {
      return number(context.NUMBER());
    }
    if (context.STRING() != null) {
      return text(context.STRING());
    }
    if (context.list() != null) {
      return new ListExpression(elements(context.list(), depth), spans.of(context));
    }
    if (context.expression() != null) {
      return expression(context.expression(), depth);
    }
    if (context.arguments() != null) {
      return call(context.NAME(), Optional.of(context.arguments()), depth);
    }
    return new NameReference(context.NAME().getText(), spans.of(context));
  }

  private List<Expression> elements(CnncParser.ListContext context, int depth) {
    return context.expression().stream().map(e -> expression(e, depth + 1)).toList();
  }

  private Call call(TerminalNode name, Optional<CnncParser.ArgumentsContext> arguments, int depth) {
    List<Argument> list =
        arguments.map(CnncParser.ArgumentsContext::argument).orElse(List.of()).stream()
            .map(argument -> argument(argument, depth + 1))
            .toList();
    Token last = arguments.map(ParserRuleContext::getStop).orElse(name.getSymbol());
    return new Call(name(name), list, spans.of(name.getSymbol(), last));
  }

  private Argument argument(CnncParser.ArgumentContext context, int depth) {
    Optional<Name> name = Optional.ofNullable(context.NAME()).map(this::name);
    return new Argument(name, expression(context.expression(), depth), spans.of(context));
  }

  // ---- words

  private Name name(TerminalNode node) {
    return new Name(node.getText(), spans.of(node.getSymbol()));
  }

  private NumberLiteral number(TerminalNode node) {
    Span span = spans.of(node.getSymbol());
    Optional<BigDecimal> value = Literals.number(node.getText());
    if (value.isEmpty()) {
      reject(
          Diagnostic.of(DiagnosticCode.NUMBER_OUT_OF_RANGE, span)
              .withHelp("numbers reach from 1e-100 to 1e100, with at most 200 characters"));
    }
    return new NumberLiteral(value.orElse(BigDecimal.ZERO), span);
  }

  private StringLiteral text(TerminalNode node) {
    Span span = spans.of(node.getSymbol());
    return new StringLiteral(Literals.text(span, this::reject), span);
  }

  static Diagnostic tooDeep(Span span) {
    return Diagnostic.of(DiagnosticCode.NESTED_TOO_DEEPLY, span, MAXIMUM_DEPTH)
        .withHelp("give a part of it a name");
  }

  private Expression tooDeep(ParserRuleContext context) {
    if (!rejected) {
      reject(tooDeep(spans.of(context.getStart())));
    }
    return new NumberLiteral(BigDecimal.ZERO, spans.of(context));
  }

  private void reject(Diagnostic diagnostic) {
    rejected = true;
    report.accept(diagnostic);
  }
}
