package org.cnnc.grammar.syntax;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The canonical text of a syntax tree: one statement a line, one space around operators, no
 * needless parentheses. Parsing it gives the same tree, but for the spans.
 */
public final class SyntaxPrinter {
  private static final String INDENT = "    ";

  private SyntaxPrinter() {}

  /** The text of a whole file. */
  public static String print(NetworkDeclaration network) {
    StringBuilder text = new StringBuilder("network " + network.name().text() + " {\n");
    for (Statement statement : network.statements()) {
      text.append(INDENT).append(print(statement)).append('\n');
    }
    return text.append("}\n").toString();
  }

  /** The text of a statement, on one line. */
  public static String print(Statement statement) {
    return statement.accept(new StatementPrinter());
  }

  /** The text of an expression, on one line. */
  public static String print(Expression expression) {
    return expression.accept(new ExpressionPrinter()).text();
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream()
        .map(SyntaxPrinter::print)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String call(Call call) {
    return call.function().text() + arguments(call);
  }

  private static String arguments(Call call) {
    return call.arguments().stream()
        .map(SyntaxPrinter::argument)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String argument(Argument argument) {
    return argument.name().map(name -> name.text() + " = ").orElse("") + print(argument.value());
  }

  private static String stage(Stage stage) {
    Call layer = stage.layer();
    String text = layer.arguments().isEmpty() ? layer.function().text() : call(layer);
    return text + stage.alias().map(alias -> " as " + alias.text()).orElse("");
  }

  private static String settings(List<Setting> settings) {
    return settings.stream()
        .map(setting -> setting.name().text() + " = " + print(setting.value()) + "; ")
        .collect(Collectors.joining("", "{ ", "}"));
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static final class StatementPrinter implements Statement.Visitor<String> {
    @Override
    public String visitInput(InputStatement input) {
      String end = input.settings().isEmpty() ? ";" : " " + settings(input.settings());
      return "input " + input.name().text() + list(input.shape()) + end;
    }

    @Override
    public String visitBinding(Binding binding) {
      String names = binding.targets().stream().map(Name::text).collect(Collectors.joining(", "));
      String targets = binding.targets().size() == 1 ? names : "[" + names + "]";
      return targets + " = " + print(binding.value()) + ";";
    }

    @Override
    public String visitOutput(OutputStatement output) {
      String labels =
          output.labels().stream()
              .map(label -> quote(label.text()))
              .collect(Collectors.joining(", ", " labels (", ")"));
      return "output "
          + output.name().text()
          + " = "
          + print(output.value())
          + (output.labels().isEmpty() ? "" : labels)
          + ";";
    }

    @Override
    public String visitLoss(LossStatement loss) {
      return "loss " + call(loss.call()) + ";";
    }

    @Override
    public String visitTrain(TrainStatement train) {
      return "train " + settings(train.settings());
    }
  }

  /** How tightly the outermost operator of a text binds; the order is that of the grammar. */
  private enum Binds {
    PIPELINE,
    SUM,
    PRODUCT,
    UNARY,
    PRIMARY
  }

  private record Printed(String text, Binds binds) {
    /** The text where something that binds at least as tightly as {@code needed} must stand. */
    String in(Binds needed) {
      return binds.compareTo(needed) >= 0 ? text : "(" + text + ")";
    }
  }

  private static final class ExpressionPrinter implements Expression.Visitor<Printed> {
    @Override
    public Printed visitNumber(NumberLiteral literal) {
      return new Printed(literal.value().toString(), Binds.PRIMARY);
    }

    @Override
    public Printed visitText(StringLiteral literal) {
      return new Printed(quote(literal.text()), Binds.PRIMARY);
    }

    @Override
    public Printed visitName(NameReference reference) {
      return new Printed(reference.name(), Binds.PRIMARY);
    }

    @Override
    public Printed visitList(ListExpression list) {
      return new Printed(list(list.elements()), Binds.PRIMARY);
    }

    @Override
    public Printed visitUnary(UnaryExpression expression) {
      String operand = expression.operand().accept(this).in(Binds.UNARY);
      return new Printed("-" + operand, Binds.UNARY);
    }

    @Override
    public Printed visitBinary(BinaryExpression expression) {
      Binds binds =
          switch (expression.operator()) {
            case ADD, SUBTRACT -> Binds.SUM;
            case MULTIPLY, DIVIDE -> Binds.PRODUCT;
          };
      // Operators of one kind group to the left.
      Binds ofRight = binds == Binds.SUM ? Binds.PRODUCT : Binds.UNARY;
      String left = expression.left().accept(this).in(binds);
      String right = expression.right().accept(this).in(ofRight);
      return new Printed(left + " " + symbol(expression.operator()) + " " + right, binds);
    }

    @Override
    public Printed visitCall(Call call) {
      return new Printed(call(call), Binds.PRIMARY);
    }

    @Override
    public Printed visitPipeline(Pipeline pipeline) {
      String stages =
          pipeline.stages().stream()
              .map(stage -> " -> " + stage(stage))
              .collect(Collectors.joining());
      return new Printed(pipeline.source().accept(this).in(Binds.SUM) + stages, Binds.PIPELINE);
    }

    private static String symbol(BinaryExpression.Operator operator) {
      return switch (operator) {
        case ADD -> "+";
        case SUBTRACT -> "-";
        case MULTIPLY -> "*";
        case DIVIDE -> "/";
      };
    }
  }
}
