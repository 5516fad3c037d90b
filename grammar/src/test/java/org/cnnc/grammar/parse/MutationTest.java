package org.cnnc.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.SyntaxPrinter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network of the lecture, mutilated in every way: diagnostics, never an exception. */
@Timeout(120)
class MutationTest {
  private static final long SEED = 20_260_801;
  private static final int ROUNDS = 3000;
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z_0-9]+|\"[^\"]*\"|->|//[^\n]*|[^\\s]");
  private static final List<String> PIECES =
      List.of(
          "#",
          ";",
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "'",
          "x",
          "/*",
          "*/",
          "=",
          "->",
          "-",
          "1",
          "1e9999",
          "3x3",
          "\\",
          "\n",
          "network ",
          " loss ",
          "labels",
          "as",
          "ü",
          "日",
          "\uD83D");

  private static String lecture;

  @BeforeAll
  static void read() throws IOException {
    lecture = Files.readString(Path.of("src/test/resources/lecture.net"));
  }

  @Test
  void oneMistakeIsAtMostOneError() {
    for (int i = 0; i < lecture.length(); i++) {
      assertAtMostOneError(lecture.substring(0, i) + lecture.substring(i + 1));
      assertAtMostOneError(lecture.substring(0, i));
      for (String piece : List.of("#", ";", "{", "}", "(", ")", "\"", "x", "/*", "=", "]")) {
        assertAtMostOneError(lecture.substring(0, i) + piece + lecture.substring(i));
      }
    }
  }

  @Test
  void aTokenMissingOrTwiceIsAtMostOneError() {
    Matcher token = TOKEN.matcher(lecture);
    while (token.find()) {
      assertAtMostOneError(lecture.substring(0, token.start()) + lecture.substring(token.end()));
      assertAtMostOneError(
          lecture.substring(0, token.end()) + " " + lecture.substring(token.start()));
    }
  }

  private static void assertAtMostOneError(String text) {
    List<Diagnostic> diagnostics = parse(text).diagnostics();
    assertThat(diagnostics)
        .as(() -> new TextRenderer(false).render(diagnostics) + "\nof\n" + text)
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void manyMistakesAreNeverAnException() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(lecture);
      for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
        edit(text, random);
      }
      String what = "seed " + SEED + ", round " + round + ":\n" + text;
      Result result = parse(text.toString());
      String rendered = new TextRenderer(true).render(result.diagnostics());
      assertThat(rendered.isEmpty()).as(what).isEqualTo(result.diagnostics().isEmpty());
      if (result.network().isEmpty() || !result.network().get().complete()) {
        assertThat(result.diagnostics()).as(what).isNotEmpty();
      }
      result.network().ifPresent(network -> assertThat(reparsed(network)).as(what).isEmpty());
    }
  }

  /** Also what is left of a mutilated network has a text without mistakes. */
  private static List<Diagnostic> reparsed(NetworkDeclaration network) {
    String name = Parser.reservedWords().contains(network.name().text()) ? "Renamed" : "";
    String printed = SyntaxPrinter.print(network);
    String text =
        name.isEmpty() ? printed : printed.replaceFirst("network \\w+", "network Renamed");
    return network.name().text().chars().allMatch(c -> c < 128)
        ? parse(text).diagnostics()
        : List.of();
  }

  private static void edit(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    List<int[]> tokens = tokens(text);
    int[] token = tokens.isEmpty() ? new int[] {0, 1} : tokens.get(random.nextInt(tokens.size()));
    String tokenText = text.substring(token[0], token[1]);
    switch (random.nextInt(7)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
      case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
      case 4 -> text.delete(token[0], token[1]);
      case 5 -> text.insert(token[0], tokenText + " ");
      default -> text.insert(at, " " + tokenText + " ");
    }
    if (text.isEmpty()) {
      text.append(' ');
    }
  }

  private static List<int[]> tokens(CharSequence text) {
    List<int[]> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    return tokens;
  }

  private record Result(Optional<NetworkDeclaration> network, List<Diagnostic> diagnostics) {}

  private static Result parse(String text) {
    DiagnosticLog log = new DiagnosticLog();
    return new Result(Parser.parse(new SourceFile("model.net", text), log), log.sorted());
  }
}
