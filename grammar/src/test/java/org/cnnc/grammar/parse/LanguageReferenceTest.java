package org.cnnc.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.Shapes;
import org.cnnc.grammar.syntax.SyntaxPrinter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples and the word list of LANGUAGE.md. */
class LanguageReferenceTest {
  private static final Path REFERENCE = Path.of("LANGUAGE.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> everyExampleIsParsedAndPrintedWithoutLoss() throws IOException {
    List<String> examples =
        EXAMPLE.matcher(reference()).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(10);
    return examples.stream()
        .map(text -> DynamicTest.dynamicTest(text.lines().findFirst().get(), () -> check(text)));
  }

  private static void check(String text) {
    NetworkDeclaration network = parse(text);
    Shapes.assertSpansNested(network);
    assertThat(Shapes.withoutSpans(parse(SyntaxPrinter.print(network))))
        .isEqualTo(Shapes.withoutSpans(network));
  }

  @Test
  void theReservedWordsAreListed() throws IOException {
    String words = String.join("`, `", Parser.reservedWords());
    assertThat(reference()).contains("The **reserved words** are `" + words + "`");
  }

  private static String reference() throws IOException {
    return Files.readString(REFERENCE);
  }

  private static NetworkDeclaration parse(String text) {
    DiagnosticLog log = new DiagnosticLog();
    var network = Parser.parse(new SourceFile("LANGUAGE.md", text), log);
    assertThat(new TextRenderer(false).render(log.sorted())).isEmpty();
    return network.orElseThrow();
  }
}
