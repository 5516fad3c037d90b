package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.compiler.graph.Models;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DiagnosticCorpusTest {
  private static final Path REFERENCE = Path.of("../DIAGNOSTICS.md");

  /** Need texts of thousands of layers: GraphBuilderTest and CompilerTest make them. */
  private static final Set<DiagnosticCode> TOO_LONG_FOR_A_FILE =
      EnumSet.of(DiagnosticCode.TOO_MANY_LAYERS, DiagnosticCode.CLASS_TOO_LARGE);

  private static final Pattern ENTRY =
      Pattern.compile("(?ms)^## (CNN\\d+) .*?\\n(.*?)(?=^## |\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```\\n(.*?)^```\\n");

  @TestFactory
  Stream<DynamicTest> everyWrongTextGivesExactlyItsDiagnostics() {
    return Corpus.tests("errors", "err", file -> check(file).rendered());
  }

  @TestFactory
  Stream<DynamicTest> everyCodeHasACaseOfItsName() {
    return graphCodes()
        .filter(code -> !TOO_LONG_FOR_A_FILE.contains(code))
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.id() + " " + code,
                    () -> assertThat(check(caseOf(code)).codes()).contains(code)));
  }

  @Test
  void codesAreDistinct() {
    List<String> ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  /** DIAGNOSTICS.md explains every code; what it shows as wrong is part of the code's case. */
  @TestFactory
  Stream<DynamicTest> everyCodeIsDocumentedWithAnExampleThatCausesIt() {
    Map<String, String> entries = entries();
    return graphCodes()
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.id(),
                    () -> {
                      assertThat(entries).containsKey(code.id());
                      String entry = entries.get(code.id());
                      assertThat(entry).contains("Fix: ");
                      if (!TOO_LONG_FOR_A_FILE.contains(code)) {
                        Matcher example = EXAMPLE.matcher(entry);
                        assertThat(example.find()).as("an example in ``` of " + code.id()).isTrue();
                        assertThat(withoutIndent(Corpus.read(caseOf(code))))
                            .contains(withoutIndent(example.group(1)));
                      }
                    }));
  }

  @Test
  void nothingIsDocumentedThatDoesNotExist() {
    Set<String> ids =
        Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).collect(Collectors.toSet());
    assertThat(ids).containsAll(entries().keySet());
  }

  private static Map<String, String> entries() {
    Map<String, String> entries = new HashMap<>();
    Matcher matcher = ENTRY.matcher(Corpus.read(REFERENCE));
    while (matcher.find()) {
      entries.put(matcher.group(1), matcher.group(2));
    }
    return entries;
  }

  private static Stream<DiagnosticCode> graphCodes() {
    return Arrays.stream(DiagnosticCode.values())
        .filter(code -> code.compareTo(DiagnosticCode.UNKNOWN_NAME) >= 0);
  }

  private static Path caseOf(DiagnosticCode code) {
    String name = code.name().toLowerCase(Locale.ROOT) + ".net";
    return Path.of("src/test/resources/corpus/errors", name);
  }

  private static Models.Checked check(Path file) {
    return Models.check(file.getFileName().toString(), Corpus.read(file));
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
