package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.compiler.graph.Models;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.Severity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Exact texts; one more for every code is in DIAGNOSTICS.md. */
class DiagnosticCorpusTest {
  @TestFactory
  Stream<DynamicTest> everyWrongTextGivesExactlyItsDiagnostics() {
    return Corpus.tests("errors", "err", file -> check(file).rendered());
  }

  @TestFactory
  Stream<DynamicTest> whatLooksWrongGivesExactlyItsWarnings() {
    return Corpus.tests(
        "warnings",
        "err",
        file -> {
          Models.Checked checked = check(file);
          assertThat(checked.graph()).isPresent();
          assertThat(checked.codes()).allMatch(code -> code.severity() == Severity.WARNING);
          return checked.rendered();
        });
  }

  @Test
  void codesAreDistinct() {
    List<String> ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  private static Models.Checked check(Path file) {
    return Models.check(file.getFileName().toString(), Corpus.read(file));
  }
}
