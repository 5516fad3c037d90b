package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Argument;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.Setting;

/**
 * Matches what the text gives with the attributes of a signature, and reports what does not fit.
 */
final class ArgumentBinder {
  private final Evaluator evaluator;
  private final DiagnosticLog log;

  ArgumentBinder(Evaluator evaluator, DiagnosticLog log) {
    this.evaluator = evaluator;
    this.log = log;
  }

  /**
   * The attributes of a call; incomplete, and reported, if any is wrong.
   *
   * @param caller the name that is called, to point at where something is missing
   */
  BoundArguments bind(Signature signature, Span caller, List<Argument> arguments) {
    Placement placement = Placement.of(signature, arguments);
    placement.problems().forEach(log::report);
    Map<String, BoundArguments.Given<?>> given = new LinkedHashMap<>();
    List<Misread> misread = new ArrayList<>();
    boolean complete = placement.allFit();
    for (Map.Entry<Attribute<?>, Argument> entry : placement.toRead().entrySet()) {
      Attribute<?> attribute = entry.getKey();
      Argument argument = entry.getValue();
      Meaning meaning = evaluator.evaluate(argument.value(), attribute.type());
      Reading<? extends BoundArguments.Given<?>> reading =
          read(attribute, meaning, argument.span());
      reading.value().ifPresent(value -> given.put(attribute.name(), value));
      reading
          .problem()
          .map(problem -> explain(signature, attribute, problem))
          .ifPresent(diagnostic -> misread.add(new Misread(argument, meaning, diagnostic)));
      complete &= reading.value().isPresent();
    }
    // An argument that fits nowhere, or is given twice, may be the one that is missing.
    List<Attribute<?>> missing =
        placement.allFit() ? missing(signature, placement) : new ArrayList<>();
    complete &= missing.isEmpty();
    for (Misread each : misread) {
      log.report(explainWithMissing(each, missing, caller));
    }
    reportMissing(signature, caller, missing);
    return new BoundArguments(given, complete);
  }

  /** The settings of a statement; incomplete, and reported, if any is wrong. */
  BoundArguments bindSettings(Signature signature, Span caller, List<Setting> settings) {
    return bind(
        signature,
        caller,
        settings.stream()
            .map(
                setting ->
                    new Argument(Optional.of(setting.name()), setting.value(), setting.span()))
            .toList());
  }

  /** Reads one expression as an attribute that has a place of its own in the text. */
  <T> Optional<T> readOne(Signature signature, Attribute<T> attribute, Expression expression) {
    Reading<T> reading = attribute.type().read(evaluator.evaluate(expression, attribute.type()));
    reading.problem().ifPresent(problem -> log.report(explain(signature, attribute, problem)));
    return reading.value();
  }

  private static <T> Reading<BoundArguments.Given<T>> read(
      Attribute<T> attribute, Meaning meaning, Span span) {
    return attribute
        .type()
        .read(meaning)
        .map(value -> new BoundArguments.Given<>(attribute, value, span));
  }

  private static Diagnostic explain(
      Signature signature, Attribute<?> attribute, Reading.Problem problem) {
    Diagnostic diagnostic =
        Diagnostic.of(
                problem.code(),
                problem.culprit().span(),
                attribute.name(),
                signature.name(),
                attribute.type().description())
            .labelled(problem.label());
    Optional<String> help =
        problem.culprit() instanceof Meaning.OfWord word
            ? DidYouMean.closest(word.word(), attribute.type().words())
                .map(close -> "did you mean `" + close + "`?")
            : Optional.empty();
    return help.map(diagnostic::withHelp).orElse(diagnostic);
  }

  /** An argument that is not what its attribute takes. */
  private record Misread(Argument argument, Meaning meaning, Diagnostic diagnostic) {
    /** Whether it has the name of one attribute and what another one takes. */
    boolean isMeantFor(Attribute<?> other) {
      return argument.name().isPresent()
          && diagnostic.code() == DiagnosticCode.WRONG_TYPE
          && other.type().read(meaning).value().isPresent();
    }
  }

  /**
   * What is wrong with an argument: if one that is missing takes it, they are one mistake, and that
   * one is taken off the list.
   */
  private static Diagnostic explainWithMissing(
      Misread misread, List<Attribute<?>> missing, Span caller) {
    Optional<Attribute<?>> meant = missing.stream().filter(misread::isMeantFor).findFirst();
    if (meant.isEmpty()) {
      return misread.diagnostic();
    }
    missing.remove(meant.get());
    String name = meant.get().name();
    return misread
        .diagnostic()
        .withSecondary(caller, "`" + name + "` is missing")
        .withHelp(
            "did you mean `" + name + " = " + misread.argument().value().span().text() + "`?");
  }

  private static List<Attribute<?>> missing(Signature signature, Placement placement) {
    List<Attribute<?>> missing = new ArrayList<>(signature.attributes());
    missing.removeIf(each -> !each.isRequired() || placement.has(each));
    return missing;
  }

  private void reportMissing(Signature signature, Span caller, List<Attribute<?>> missing) {
    if (missing.isEmpty()) {
      return;
    }
    Attribute<?> first = missing.get(0);
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticCode.MISSING_ATTRIBUTE,
                caller,
                signature.name(),
                first.name(),
                first.type().description())
            .labelled("`" + first.name() + "` is missing");
    for (Attribute<?> other : missing.subList(1, missing.size())) {
      diagnostic =
          diagnostic.withNote(
              "`" + other.name() + "` is missing, too: " + other.type().description());
    }
    log.report(diagnostic);
  }
}
