package org.cnnc.compiler.loop;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes loop programs as text for tests and people; the same program always gives the same text.
 *
 * <pre>{@code
 * program digits, n in 1..33
 *
 * model weight: 6 rows x 25
 * worker out: 6 rows x 784
 *
 * // conv1: 1 x 28 x 28 -> 6 x 28 x 28
 * function conv1(image: float[1024], bias: float, c in 0..6):  // line 4
 *   array row = out[c]
 *   for y in 0..28:
 *     vector for x in 0..28:
 *       row[y * 28 + x ..] = fma(broadcast(weight[c][0]), image[y * 32 + x ..], broadcast(bias))
 *
 * phase forward: 32 tasks of image_forward
 * }</pre>
 *
 * Ranges are half open. The range of a loop variable is that of its loop where nothing else is
 * written.
 */
public final class LoopPrinter {
  private static final String INDENT = "  ";

  private LoopPrinter() {}

  public static String print(LoopProgram program) {
    StringBuilder text = new StringBuilder();
    text.append("program ").append(program.name());
    text.append(", n in ").append(range(1, program.maxImages())).append('\n');
    if (!program.buffers().isEmpty()) {
      text.append('\n');
    }
    for (Buffer buffer : program.buffers()) {
      text.append(print(buffer)).append('\n');
    }
    for (LoopFunction function : program.functions()) {
      text.append('\n').append(print(function));
    }
    if (!program.phases().isEmpty()) {
      text.append('\n');
    }
    for (Phase phase : program.phases()) {
      text.append(print(phase)).append('\n');
    }
    return text.toString();
  }

  /** One line without its end. */
  public static String print(Buffer buffer) {
    String scope = buffer.scope().name().toLowerCase(Locale.ROOT);
    String size =
        buffer.isSingleRow() ? "" + buffer.length() : buffer.rows() + " rows x " + buffer.length();
    return scope + " " + buffer.name() + ": " + size;
  }

  /** One line without its end. */
  public static String print(Phase phase) {
    return "phase " + phase.name() + ": " + phase.tasks() + " tasks of " + phase.function();
  }

  public static String print(LoopFunction function) {
    StringBuilder text = new StringBuilder();
    function.comment().lines().forEach(line -> text.append("// ").append(line).append('\n'));
    text.append(
        function.parameters().stream()
            .map(LoopPrinter::print)
            .collect(Collectors.joining(", ", "function " + function.name() + "(", "):")));
    text.append(function.line() > 0 ? "  // line " + function.line() + "\n" : "\n");
    function.body().accept(new StatementText(text, INDENT));
    return text.toString();
  }

  /** Whole lines, those of inner statements too. */
  public static String print(Stmt stmt) {
    StringBuilder text = new StringBuilder();
    stmt.accept(new StatementText(text, ""));
    return text.toString();
  }

  /** The first line of a statement, for messages. */
  public static String firstLine(Stmt stmt) {
    return print(stmt).lines().findFirst().orElse("");
  }

  public static String print(Expr expr) {
    return ExprText.of(expr);
  }

  public static String print(Index index) {
    return IndexText.of(index);
  }

  public static String print(ArrayRef array) {
    return ExprText.array(array);
  }

  private static String print(Parameter parameter) {
    if (parameter instanceof Parameter.Array array) {
      return array.name() + ": float[" + array.length() + "]";
    }
    if (parameter instanceof Parameter.Integer integer) {
      IndexVar variable = integer.variable();
      return variable.name() + " in " + range(variable.min(), variable.max());
    }
    return parameter.name() + ": float";
  }

  private static String print(Argument argument) {
    if (argument instanceof Argument.Array array) {
      return print(array.array());
    }
    if (argument instanceof Argument.Integer integer) {
      return print(integer.value());
    }
    return print(((Argument.Scalar) argument).value());
  }

  private static String range(int min, int max) {
    return min + ".." + (max + 1L);
  }

  private static final class StatementText implements Stmt.Visitor<Void> {
    private final StringBuilder text;
    private final String indent;

    StatementText(StringBuilder text, String indent) {
      this.text = text;
      this.indent = indent;
    }

    @Override
    public Void visitBlock(Block stmt) {
      if (stmt.statements().isEmpty()) {
        return line("nothing");
      }
      for (Stmt inner : stmt.statements()) {
        if (inner instanceof Block) {
          line("block:");
          inner.accept(new StatementText(text, indent + INDENT));
        } else {
          inner.accept(this);
        }
      }
      return null;
    }

    @Override
    public Void visitFor(For stmt) {
      String kind =
          switch (stmt.kind()) {
            case SERIAL -> "";
            case UNROLLED -> "unrolled ";
            case VECTOR -> "vector ";
          };
      IndexVar variable = stmt.index();
      boolean impliedRange =
          variable.min() == stmt.begin().min() && variable.max() + 1L == stmt.end().max();
      line(
          kind
              + "for "
              + variable.name()
              + " in "
              + print(stmt.begin())
              + ".."
              + print(stmt.end())
              + (impliedRange ? "" : " within " + range(variable.min(), variable.max()))
              + ":");
      stmt.body().accept(new StatementText(text, indent + INDENT));
      return null;
    }

    @Override
    public Void visitLet(Let stmt) {
      return line("let " + stmt.name() + " = " + print(stmt.value()));
    }

    @Override
    public Void visitAssign(Assign stmt) {
      return line(stmt.name() + " = " + print(stmt.value()));
    }

    @Override
    public Void visitStore(Store stmt) {
      String target = ExprText.element(stmt.array(), stmt.index(), stmt.value().type());
      return line(target + " = " + print(stmt.value()));
    }

    @Override
    public Void visitLetArray(LetArray stmt) {
      return line("array " + stmt.name() + " = " + print(stmt.array()));
    }

    @Override
    public Void visitLetIndex(LetIndex stmt) {
      IndexVar variable = stmt.variable();
      return line(
          "index "
              + variable.name()
              + " = "
              + ExprText.element(stmt.array(), stmt.place(), ValueType.SCALAR)
              + " within "
              + range(variable.min(), variable.max()));
    }

    @Override
    public Void visitCopy(Copy stmt) {
      String source = ExprText.element(stmt.source(), stmt.sourceIndex(), ValueType.SCALAR);
      String target = ExprText.element(stmt.target(), stmt.targetIndex(), ValueType.SCALAR);
      return line("copy " + stmt.length() + " from " + source + " to " + target);
    }

    @Override
    public Void visitFill(Fill stmt) {
      String target = print(stmt.array()) + "[" + stmt.begin() + ".." + stmt.end() + "]";
      return line("fill " + target + " with " + print(stmt.value()));
    }

    @Override
    public Void visitInvoke(Invoke stmt) {
      return line(
          stmt.arguments().stream()
              .map(LoopPrinter::print)
              .collect(Collectors.joining(", ", "call " + stmt.function() + "(", ")")));
    }

    private Void line(String content) {
      text.append(indent).append(content).append('\n');
      return null;
    }
  }
}
