package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Argument;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.Name;
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
    Map<String, BoundArguments.Given<?>> given = new LinkedHashMap<>();
    boolean allFit = true;
    boolean complete = true;
    Map<Attribute<?>, Argument> assigned = new LinkedHashMap<>();
    Set<Attribute<?>> twice = new HashSet<>();
    for (Assignment assignment : assign(signature, arguments)) {
      allFit &= assignment.attribute.isPresent();
      if (assignment.attribute.isPresent()) {
        if (!addOnce(signature, assigned, assignment)) {
          twice.add(assignment.attribute.get());
        }
      }
    }
    allFit &= twice.isEmpty();
    for (Map.Entry<Attribute<?>, Argument> entry : assigned.entrySet()) {
      if (twice.contains(entry.getKey())) {
        continue; // either may be the one that is wrong
      }
      Optional<? extends BoundArguments.Given<?>> read =
          read(signature, entry.getKey(), entry.getValue().value(), entry.getValue().span());
      read.ifPresent(value -> given.put(entry.getKey().name(), value));
      complete &= read.isPresent();
    }
    // An argument that fits nowhere, or is given twice, may be the one that is missing.
    complete &= allFit && nothingMissing(signature, caller, assigned.keySet());
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
    return read(signature, attribute, expression, expression.span())
        .map(BoundArguments.Given::value);
  }

  private record Assignment(Optional<Attribute<?>> attribute, Argument argument) {}

  private List<Assignment> assign(Signature signature, List<Argument> arguments) {
    Iterator<Attribute<?>> positional = signature.positional().iterator();
    List<Assignment> result = new ArrayList<>();
    List<Diagnostic> misfits = new ArrayList<>();
    boolean tooMany = false;
    for (Argument argument : arguments) {
      Optional<Attribute<?>> attribute;
      if (argument.name().isPresent()) {
        Name name = argument.name().get();
        attribute = signature.find(name.text());
        if (attribute.isEmpty()) {
          misfits.add(unknown(signature, name));
        }
      } else if (positional.hasNext()) {
        attribute = Optional.of(positional.next());
      } else {
        if (!tooMany) {
          misfits.add(tooMany(signature, argument, arguments));
        }
        tooMany = true;
        attribute = Optional.empty();
      }
      result.add(new Assignment(attribute, argument));
    }
    misfits.stream().reduce(ArgumentBinder::with).ifPresent(log::report);
    return result;
  }

  /** Of several arguments that do not fit, the layer may be the wrong one: that is one mistake. */
  private static Diagnostic with(Diagnostic first, Diagnostic other) {
    return first.withSecondary(other.primary().span(), other.message());
  }

  private boolean addOnce(
      Signature signature, Map<Attribute<?>, Argument> assigned, Assignment assignment) {
    Attribute<?> attribute = assignment.attribute.orElseThrow();
    Argument earlier = assigned.putIfAbsent(attribute, assignment.argument);
    if (earlier == null) {
      return true;
    }
    log.report(
        Diagnostic.of(
                DiagnosticCode.DUPLICATE_ATTRIBUTE,
                assignment.argument.span(),
                attribute.name(),
                signature.name())
            .labelled("given again")
            .withSecondary(earlier.span(), "first given here")
            .withHelp("remove one of them"));
    return false;
  }

  private static Diagnostic unknown(Signature signature, Name name) {
    List<String> known = signature.attributeNames();
    String all = known.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    String help =
        DidYouMean.closest(name.text(), known)
            .map(close -> "did you mean `" + close + "`?")
            .orElse(
                known.isEmpty()
                    ? "remove it; `" + signature.name() + "` has no " + signature.kind().plural()
                    : "its " + signature.kind().plural() + " are " + all);
    return Diagnostic.of(
            signature.kind().unknownAttribute(), name.span(), signature.name(), name.text())
        .withHelp(help);
  }

  private static Diagnostic tooMany(
      Signature signature, Argument argument, List<Argument> arguments) {
    Set<String> named = new HashSet<>();
    arguments.forEach(each -> each.name().ifPresent(name -> named.add(name.text())));
    long limit = signature.positional().count();
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticCode.TOO_MANY_ARGUMENTS,
                argument.span(),
                signature.name(),
                limit == 0 ? "nothing" : Wording.count(limit, "attribute"))
            .labelled("which attribute is this?");
    Optional<Attribute<?>> next =
        signature.attributes().stream()
            .filter(each -> !each.positional() && !named.contains(each.name()))
            .findFirst();
    return next.map(
            attribute ->
                diagnostic.withHelp(
                    "write `" + attribute.name() + " = " + argument.value().span().text() + "`"))
        .orElse(diagnostic.withHelp("remove it"));
  }

  private <T> Optional<BoundArguments.Given<T>> read(
      Signature signature, Attribute<T> attribute, Expression expression, Span span) {
    Reading<T> reading = attribute.type().read(evaluator.evaluate(expression, attribute.type()));
    reading.problem().ifPresent(problem -> report(signature, attribute, problem));
    return reading.value().map(value -> new BoundArguments.Given<>(attribute, value, span));
  }

  private void report(Signature signature, Attribute<?> attribute, Reading.Problem problem) {
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
    log.report(help.map(diagnostic::withHelp).orElse(diagnostic));
  }

  private boolean nothingMissing(Signature signature, Span caller, Set<Attribute<?>> assigned) {
    List<Attribute<?>> missing =
        signature.attributes().stream()
            .filter(each -> each.isRequired() && !assigned.contains(each))
            .toList();
    if (missing.isEmpty()) {
      return true;
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
    return false;
  }
}
