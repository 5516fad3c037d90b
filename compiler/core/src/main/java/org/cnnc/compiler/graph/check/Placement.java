package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.syntax.Argument;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NameReference;

/** Which argument of a call is which attribute, before anything is known of what they say. */
final class Placement {
  private final Signature signature;
  private final Map<Attribute<?>, Argument> placed = new LinkedHashMap<>();
  private final Set<Attribute<?>> twice = new HashSet<>();

  /** Arguments that are none of the attributes. */
  private final List<Diagnostic> misfits = new ArrayList<>();

  private final List<Diagnostic> repetitions = new ArrayList<>();

  private Placement(Signature signature) {
    this.signature = signature;
  }

  static Placement of(Signature signature, List<Argument> arguments) {
    Placement placement = new Placement(signature);
    placement.place(arguments);
    return placement;
  }

  /** The arguments that are to be read, without those of which another may be meant. */
  Map<Attribute<?>, Argument> toRead() {
    Map<Attribute<?>, Argument> all = new LinkedHashMap<>(placed);
    all.keySet().removeAll(twice);
    if (!allFit()) {
      all.values().removeIf(this::isNameOfAttribute);
    }
    return Collections.unmodifiableMap(all);
  }

  boolean has(Attribute<?> attribute) {
    return placed.containsKey(attribute);
  }

  /** Whether every argument is an attribute, and none is given twice. */
  boolean allFit() {
    return misfits.isEmpty() && twice.isEmpty();
  }

  /**
   * What does not fit. Of several arguments that are no attributes, the layer may be the wrong one,
   * and one of those may have taken the place of another: that is one mistake.
   */
  List<Diagnostic> problems() {
    if (misfits.isEmpty()) {
      return List.copyOf(repetitions);
    }
    Diagnostic first = misfits.get(0);
    for (Diagnostic other : misfits.subList(1, misfits.size())) {
      first = with(first, other);
    }
    for (Diagnostic repetition : repetitions) {
      first = with(first, repetition);
    }
    return List.of(first);
  }

  private static Diagnostic with(Diagnostic first, Diagnostic other) {
    return first.withSecondary(other.primary().span(), other.message());
  }

  /** {@code kernel, 3} is {@code kernel = 3} mistyped. */
  private boolean isNameOfAttribute(Argument argument) {
    return argument.name().isEmpty()
        && argument.value() instanceof NameReference reference
        && signature.find(reference.name()).isPresent();
  }

  private void place(List<Argument> arguments) {
    Iterator<Attribute<?>> positional = signature.positional().iterator();
    boolean tooMany = false;
    for (Argument argument : arguments) {
      if (argument.name().isPresent()) {
        Name name = argument.name().get();
        signature
            .find(name.text())
            .ifPresentOrElse(
                attribute -> add(attribute, argument), () -> misfits.add(unknown(name)));
      } else if (positional.hasNext()) {
        add(positional.next(), argument);
      } else {
        if (!tooMany) {
          misfits.add(tooMany(argument, arguments));
        }
        tooMany = true;
      }
    }
  }

  private void add(Attribute<?> attribute, Argument argument) {
    Argument earlier = placed.putIfAbsent(attribute, argument);
    if (earlier != null) {
      twice.add(attribute);
      repetitions.add(
          Diagnostic.of(
                  DiagnosticCode.DUPLICATE_ATTRIBUTE,
                  argument.span(),
                  attribute.name(),
                  signature.name())
              .labelled("given again")
              .withSecondary(earlier.span(), "first given here")
              .withHelp("remove one of them"));
    }
  }

  private Diagnostic unknown(Name name) {
    List<String> known = signature.attributeNames();
    String help =
        DidYouMean.closest(name.text(), known)
            .map(close -> "did you mean `" + close + "`?")
            .orElse(
                known.isEmpty()
                    ? "remove it; `" + signature.name() + "` has no " + signature.kind().plural()
                    : "its " + signature.kind().plural() + " are " + Wording.code(known));
    return Diagnostic.of(
            signature.kind().unknownAttribute(), name.span(), signature.name(), name.text())
        .withHelp(help);
  }

  private Diagnostic tooMany(Argument argument, List<Argument> arguments) {
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
}
