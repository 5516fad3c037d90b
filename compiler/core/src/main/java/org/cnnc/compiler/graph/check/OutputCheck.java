package org.cnnc.compiler.graph.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.OutputStatement;
import org.cnnc.grammar.syntax.StringLiteral;

/** Checks {@code output label = scores -> softmax labels ("house", "tree");}. */
final class OutputCheck {
  private final Evaluator evaluator;
  private final DiagnosticLog log;

  OutputCheck(Evaluator evaluator, DiagnosticLog log) {
    this.evaluator = evaluator;
    this.log = log;
  }

  /** A checked output. */
  record Checked(String name, ValueDraft value, List<String> labels) {}

  /** The output; empty, and reported, if its value is wrong. */
  Optional<Checked> check(OutputStatement statement) {
    Optional<ValueDraft> value = evaluator.evaluateValue(statement.value());
    checkLabels(statement.labels());
    value.ifPresent(found -> checkCount(statement, found));
    return value.map(
        found ->
            new Checked(
                statement.name().text(),
                found,
                statement.labels().stream().map(StringLiteral::text).toList()));
  }

  private void checkLabels(List<StringLiteral> labels) {
    Map<String, Span> seen = new HashMap<>();
    for (StringLiteral label : labels) {
      if (label.text().isBlank()) {
        log.report(
            Diagnostic.of(DiagnosticCode.LABEL_EMPTY, label.span()).labelled("names nothing"));
        continue;
      }
      if (label.text().length() > Limits.LABEL) {
        log.report(
            Diagnostic.of(
                    DiagnosticCode.LABEL_TOO_LONG, label.span(), Wording.grouped(Limits.LABEL))
                .labelled(Wording.grouped(label.text().length()) + " characters")
                .withHelp("choose a shorter name for the class"));
        continue;
      }
      Span earlier = seen.putIfAbsent(label.text(), label.span());
      if (earlier != null) {
        log.report(
            Diagnostic.of(DiagnosticCode.LABEL_REPEATED, label.span(), label.text())
                .labelled("given again")
                .withSecondary(earlier, "first given here"));
      }
    }
  }

  private void checkCount(OutputStatement statement, ValueDraft value) {
    List<StringLiteral> labels = statement.labels();
    if (labels.isEmpty()) {
      return;
    }
    Span all = labels.get(0).span().to(labels.get(labels.size() - 1).span());
    if (!value.shape().isVector()) {
      log.report(
          value.explainShape(
              Diagnostic.of(DiagnosticCode.NEEDS_VECTOR, all, "labels", value.shape())
                  .labelled("one label for each element of a vector")));
    } else if (value.shape().channels() != labels.size()) {
      log.report(
          value
              .explainShape(
                  Diagnostic.of(
                          DiagnosticCode.LABEL_COUNT,
                          all,
                          Wording.count(labels.size(), "label"),
                          Wording.count(value.shape().channels(), "element"))
                      .labelled(Wording.count(labels.size(), "label")))
              .withHelp("give one label for each element"));
    }
  }
}
