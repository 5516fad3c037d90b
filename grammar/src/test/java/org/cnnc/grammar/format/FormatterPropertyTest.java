package org.cnnc.grammar.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.DisplayText;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Shapes;
import org.junit.jupiter.api.Test;

/**
 * What holds for every text: the same words and comments in the same order, the same tree, nothing
 * to change a second time, lines within the width wherever they could be broken.
 */
class FormatterPropertyTest {
  private static final int ROUNDS = 300;
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINE_ENDS = Pattern.compile("[ \t]*(\r\n|\r|\n)");

  @Test
  void theExamplesOfTheReferenceAreInTheCanonicalLayout() throws IOException {
    for (String example : examples()) {
      assertThat(format(example)).isEqualTo(example);
    }
  }

  @Test
  void theExamplesScatteredAnyhowComeBack() throws IOException {
    long seed = new Random().nextLong();
    RandomText random = new RandomText(new Random(seed));
    for (String example : examples()) {
      String formatted = check(random.scattered(example, 0), "seed " + seed);
      // Without comments there is nothing but the words that could make a difference.
      if (words(example).stream().noneMatch(FormatterPropertyTest::isComment)) {
        assertThat(withoutBlankLines(formatted)).isEqualTo(withoutBlankLines(example));
      }
    }
  }

  @Test
  void randomTextsKeepTheirWordsCommentsAndMeaning() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomText texts = new RandomText(random);
    for (int round = 0; round < ROUNDS; round++) {
      String text = texts.scattered(texts.network(), random.nextInt(3) * 10);
      check(text, "seed " + seed + ", round " + round);
    }
  }

  /** Formats a text and asserts all that holds for any. */
  private static String check(String text, String which) {
    String formatted = format(text);
    String what = which + "\n" + text + "\nbecame\n" + formatted;
    assertThat(words(formatted)).as(what).isEqualTo(words(text));
    assertThat(Shapes.withoutSpans(Parser.parse(file(formatted), new DiagnosticLog()).get()))
        .as(what)
        .isEqualTo(Shapes.withoutSpans(Parser.parse(file(text), new DiagnosticLog()).get()));
    assertThat(format(formatted)).as(what).isEqualTo(formatted);
    assertThat(formatted).as(what).endsWith("\n").doesNotContain("\n\n\n").doesNotContain("\r");
    formatted.lines().forEach(line -> assertLine(line, what));
    return formatted;
  }

  private static void assertLine(String line, String what) {
    boolean breakable = line.contains(", ") && !line.contains("/") && !line.contains("\"");
    boolean tooLong = breakable && DisplayText.cells(line, line.length()) > Formatter.WIDTH;
    if (tooLong || !line.equals(line.stripTrailing())) {
      throw new AssertionError("the line\n" + line + "\nof " + what);
    }
  }

  /** The texts of words and comments, without what may change inside of comments. */
  private static List<String> words(String text) {
    return Parser.lexemes(file(text)).stream()
        .map(
            lexeme ->
                lexeme.isComment()
                    ? LINE_ENDS.matcher(lexeme.text()).replaceAll("\n").stripTrailing()
                    : lexeme.text())
        .toList();
  }

  private static boolean isComment(String word) {
    return word.startsWith("//") || word.startsWith("/*");
  }

  private static String withoutBlankLines(String text) {
    return text.replaceAll("\n+", "\n");
  }

  private static String format(String text) {
    DiagnosticLog log = new DiagnosticLog();
    return Formatter.format(file(text), log)
        .orElseThrow(() -> new AssertionError(new TextRenderer(false).render(log.sorted())));
  }

  private static SourceFile file(String text) {
    return new SourceFile("model.net", text);
  }

  private static List<String> examples() throws IOException {
    List<String> texts = new ArrayList<>();
    EXAMPLE
        .matcher(Files.readString(Path.of("LANGUAGE.md")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(texts::add);
    try (Stream<Path> files = Files.list(Path.of("src/test/resources"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".net")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    assertThat(texts).hasSizeGreaterThan(10);
    return texts;
  }
}
