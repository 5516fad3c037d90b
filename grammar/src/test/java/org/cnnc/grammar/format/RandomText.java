package org.cnnc.grammar.format;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Lexeme;

/** Texts without syntax errors, of random words with random white space and comments between. */
final class RandomText {
  private static final List<String> NAMES =
      List.of(
          "a", "image", "conv", "fc", "relu", "maxpool", "same", "a_rather_long_name_of_a_value");
  private static final List<String> NUMBERS = List.of("0", "1", "16", "0.05", "1e-8", "1000000");
  private static final List<String> TEXTS =
      List.of("\"\"", "\"house\"", "\"// no comment\"", "\"日本語 \\\" \"", "\"a\\u00e9 /*\"");
  private static final List<String> SPACES =
      List.of(
          " ", " ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\n\n\n\n", "\uFEFF", " \n\t ");
  private static final List<String> COMMENTS =
      List.of(
          "// line\n",
          "//\r\n",
          "// spaces \t \n",
          "/* block */",
          "/**/",
          "/* two\n   lines */",
          "/* CR LF \r\n and spaces   \n\n*/",
          "/* // */",
          "// /* \n",
          "// 日本語\n");

  private final Random random;

  RandomText(Random random) {
    this.random = random;
  }

  /** The words of a network, with spaces between them. */
  String network() {
    return "network " + name() + " { " + repeat(6, this::statement) + "}";
  }

  /** The same words and comments with other white space and more comments between them. */
  String scattered(String text, int commentsInHundred) {
    StringBuilder result = new StringBuilder(white(commentsInHundred));
    for (Lexeme lexeme : Parser.lexemes(new SourceFile("model.net", text))) {
      result.append(lexeme.text());
      result.append(lexeme.kind() == Lexeme.Kind.LINE_COMMENT ? "\n" : " ");
      result.append(white(commentsInHundred));
    }
    return result.toString();
  }

  private String white(int commentsInHundred) {
    StringBuilder white = new StringBuilder();
    while (random.nextInt(3) == 0) {
      white.append(one(SPACES));
    }
    while (random.nextInt(100) < commentsInHundred) {
      white.append(one(COMMENTS)).append(random.nextBoolean() ? one(SPACES) : "");
    }
    return white.toString();
  }

  private String statement() {
    return switch (random.nextInt(5)) {
      case 0 -> "input " + name() + " " + list(2) + " " + (random.nextBoolean() ? ";" : settings());
      case 1 ->
          "output " + name() + " = " + expression(2) + (random.nextBoolean() ? "" : labels()) + ";";
      case 2 -> "loss " + name() + " " + arguments(2) + ";";
      case 3 -> "train " + settings();
      default -> targets() + " = " + expression(2) + ";";
    };
  }

  private String targets() {
    return random.nextBoolean() ? name() : "[ " + commas(3, this::name) + " ]";
  }

  private String labels() {
    return " labels ( " + commas(12, () -> one(TEXTS)) + " ) ";
  }

  private String settings() {
    return "{ " + repeat(4, () -> name() + " = " + expression(2) + " ; ") + " }";
  }

  private String expression(int depth) {
    String source = sum(depth);
    int stages = depth > 1 ? 9 : 2;
    return random.nextInt(3) == 0 ? source : source + repeat(stages, () -> " -> " + stage(depth));
  }

  private String stage(int depth) {
    return name()
        + (depth > 1 && random.nextBoolean() ? " " + arguments(depth) : "")
        + (random.nextInt(4) == 0 ? " as " + name() : "");
  }

  private String sum(int depth) {
    String result = unary(depth);
    while (random.nextInt(3) == 0) {
      result += " " + one(List.of("+", "-", "*", "/")) + " " + unary(depth);
    }
    return result;
  }

  private String unary(int depth) {
    return "- ".repeat(Math.max(0, random.nextInt(8) - 5)) + primary(depth);
  }

  private String primary(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> one(NUMBERS);
      case 1 -> one(TEXTS);
      case 2 -> name();
      case 3 -> list(depth - 1);
      case 4 -> name() + " " + arguments(depth - 1);
      default -> "( " + expression(depth - 1) + " )";
    };
  }

  private String list(int depth) {
    return "[ " + commas(4, () -> expression(depth)) + " ]";
  }

  private String arguments(int depth) {
    String some =
        commas(4, () -> (random.nextBoolean() ? name() + " = " : "") + expression(depth - 1));
    return random.nextInt(5) == 0 ? "( )" : "( " + some + " )";
  }

  private String name() {
    return one(NAMES);
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String repeat(int atMost, Supplier<String> part) {
    return IntStream.range(0, random.nextInt(atMost + 1))
        .mapToObj(i -> part.get())
        .collect(Collectors.joining(" "));
  }

  private String commas(int atMost, Supplier<String> part) {
    return IntStream.rangeClosed(0, random.nextInt(atMost))
        .mapToObj(i -> part.get())
        .collect(Collectors.joining(" , "));
  }
}
