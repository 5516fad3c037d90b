package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NameReference;

/** The names of a network, each with one meaning, visible after its definition. */
final class Scope {
  /** Words with a meaning of their own, which nothing can be called. */
  static final Set<String> WORDS = Set.of("same", "valid", "true", "false");

  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Map<String, Span> laterDefinitions;
  private final Predicate<String> lost;
  private final DiagnosticLog log;

  /** Names that are unknown, which is said once, however often they are used. */
  private final Set<String> unknown = new HashSet<>();

  /** Names of no layer, which are used as one. */
  private final Set<String> unknownLayers = new HashSet<>();

  /** Whether a definition has a name of another one: what it was to be called, nobody knows. */
  private boolean nameTaken;

  /**
   * @param laterDefinitions every name that the text defines anywhere
   * @param lost names that are unknown because of a mistake that was reported
   */
  Scope(Map<String, Span> laterDefinitions, Predicate<String> lost, DiagnosticLog log) {
    this.laterDefinitions = Map.copyOf(laterDefinitions);
    this.lost = lost;
    this.log = log;
  }

  /**
   * Gives a name its meaning. That a name has one already is reported; which of the two is meant
   * from then on, nobody knows, and any name that is unknown may be the one that was to be given.
   */
  void define(Name name, Meaning meaning, Kind kind) {
    Definition earlier = definitions.get(name.text());
    nameTaken |= earlier != null || WORDS.contains(name.text());
    if (earlier != null) {
      definitions.put(name.text(), earlier.doubtful());
      if (unknown.isEmpty()) { // else one of those may be what the earlier one was to be called
        log.report(
            Diagnostic.of(DiagnosticCode.NAME_TAKEN, name.span(), name.text())
                .labelled("defined again")
                .withSecondary(earlier.name.span(), "first defined here")
                .withHelp("choose another name; a name keeps its meaning"));
      }
    } else if (WORDS.contains(name.text())) {
      log.report(
          Diagnostic.of(DiagnosticCode.NAME_TAKEN, name.span(), name.text())
              .labelled("a word with a meaning of its own")
              .withHelp("choose another name"));
    } else {
      definitions.put(name.text(), new Definition(name, meaning, kind));
    }
  }

  /** Whether the name is known here, or would be further down. */
  boolean mentions(String name) {
    return definitions.containsKey(name) || laterDefinitions.containsKey(name);
  }

  /** Whether there are unknown names: any other name may have been meant to be one of them. */
  boolean hasUnknown() {
    return !unknown.isEmpty();
  }

  /** That no layer has this name was reported; {@code -> narrow} may be {@code as narrow}. */
  void saidUnknown(String layer) {
    unknownLayers.add(layer);
  }

  /** The meaning of a name; an unknown one is reported. */
  Meaning resolve(NameReference reference) {
    Definition definition = definitions.get(reference.name());
    if (definition != null) {
      definition.used = true;
      return definition.meaning.at(reference.span());
    }
    Span later = laterDefinitions.get(reference.name());
    if (!unknown.add(reference.name())) {
      return new Meaning.Unknown(reference.span());
    }
    if (later != null) {
      log.report(
          Diagnostic.of(DiagnosticCode.USED_BEFORE_DEFINITION, reference.span(), reference.name())
              .labelled("not known yet")
              .withSecondary(later, "defined here"));
    } else if (!nameTaken
        && !lost.test(reference.name())
        && !unknownLayers.contains(reference.name())) {
      reportUnknown(reference);
    }
    return new Meaning.Unknown(reference.span());
  }

  private void reportUnknown(NameReference reference) {
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNKNOWN_NAME, reference.span(), reference.name())
            .labelled("nothing has this name");
    Optional<String> close = DidYouMean.closest(reference.name(), definitions.keySet());
    if (close.isPresent()) {
      diagnostic = diagnostic.withHelp("did you mean `" + close.get() + "`?");
    } else if (LayerCatalogue.STANDARD.find(reference.name()).isPresent()) {
      diagnostic =
          diagnostic.withHelp(
              "`" + reference.name() + "` is a layer: write `value -> " + reference.name() + "`");
    }
    log.report(diagnostic);
  }

  /** All definitions, in the order of the text. */
  List<Definition> definitions() {
    return Collections.unmodifiableList(new ArrayList<>(definitions.values()));
  }

  /** What a name names. */
  enum Kind {
    INPUT,
    BINDING,
    LAYER,
    OUTPUT
  }

  /** A name with its meaning. */
  static final class Definition {
    private final Name name;
    private final Meaning meaning;
    private final Kind kind;
    private boolean used;

    Definition(Name name, Meaning meaning, Kind kind) {
      this.name = name;
      this.meaning = meaning;
      this.kind = kind;
    }

    /** The same name, which could now mean one thing or another. */
    Definition doubtful() {
      return new Definition(name, new Meaning.Unknown(name.span()), kind);
    }

    Name name() {
      return name;
    }

    Kind kind() {
      return kind;
    }

    boolean isUsed() {
      return used;
    }

    /** The value it names; empty for a number or for something wrong. */
    Optional<ValueDraft> value() {
      return meaning instanceof Meaning.OfValue named
          ? Optional.of(named.value())
          : Optional.empty();
    }
  }
}
