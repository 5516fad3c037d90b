package org.cnnc.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file {@code syntax-errors/*.net} is answered with exactly the text of its {@code .err}.
 * Running with {@code -Dcnnc.bless} writes the latter; review the difference.
 */
class SyntaxErrorTest {
  private static final Set<DiagnosticCode> MADE_BY_PARSER_TEST =
      Set.of(DiagnosticCode.FILE_TOO_LARGE, DiagnosticCode.NOT_UTF8);

  private static final Path FOLDER = Path.of("src/test/resources/syntax-errors");

  @TestFactory
  Stream<DynamicTest> everyMistakeIsAnsweredWithItsText() throws IOException {
    return cases().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), file.toUri(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    String rendered = new TextRenderer(false).render(diagnostics(file));
    Path expected = Path.of(file.toString().replace(".net", ".err"));
    if (System.getProperty("cnnc.bless") != null) {
      Files.writeString(expected, rendered);
    }
    assertThat(rendered).isNotEmpty().isEqualTo(Files.readString(expected));
  }

  @Test
  void everySyntaxCodeHasACase() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path file : cases()) {
      diagnostics(file).forEach(diagnostic -> seen.add(diagnostic.code().id()));
    }
    Set<String> codes = new TreeSet<>();
    for (DiagnosticCode code : DiagnosticCode.values()) {
      if (code.id().compareTo("CNN020") < 0 && !MADE_BY_PARSER_TEST.contains(code)) {
        codes.add(code.id());
      }
    }
    assertThat(seen).isEqualTo(codes);
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".net")).sorted().toList();
    }
  }

  private static List<Diagnostic> diagnostics(Path file) throws IOException {
    DiagnosticLog log = new DiagnosticLog();
    var network = Parser.parse(new SourceFile("model.net", Files.readString(file)), log);
    if (network.isEmpty()) {
      assertThat(log.hasErrors()).isTrue();
    }
    return log.sorted();
  }
}
