package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnc.grammar.diagnostic.DiagnosticCode;

/**
 * What a layer, an optimizer, a loss or a statement can be told.
 *
 * @param name as it is written
 * @param attributes in the order of the reference; those without a name in the text fill the
 *     positional ones in this order
 */
public record Signature(Kind kind, String name, List<Attribute<?>> attributes) {
  /** What has the signature: it decides how messages call its attributes. */
  public enum Kind {
    /** Attributes in parentheses. */
    CALL(DiagnosticCode.UNKNOWN_ATTRIBUTE, "attributes"),
    /** Settings in braces. */
    STATEMENT(DiagnosticCode.UNKNOWN_SETTING, "settings");

    private final DiagnosticCode unknown;
    private final String plural;

    Kind(DiagnosticCode unknown, String plural) {
      this.unknown = unknown;
      this.plural = plural;
    }

    DiagnosticCode unknownAttribute() {
      return unknown;
    }

    String plural() {
      return plural;
    }
  }

  public Signature {
    attributes = List.copyOf(attributes);
    if (attributes.stream().map(Attribute::name).distinct().count() != attributes.size()) {
      throw new IllegalArgumentException("two attributes of one name: " + name);
    }
  }

  static Signature call(String name, Attribute<?>... attributes) {
    return new Signature(Kind.CALL, name, List.of(attributes));
  }

  static Signature statement(String name, Attribute<?>... attributes) {
    return new Signature(Kind.STATEMENT, name, List.of(attributes));
  }

  Optional<Attribute<?>> find(String attribute) {
    return attributes.stream().filter(candidate -> candidate.name().equals(attribute)).findFirst();
  }

  Stream<Attribute<?>> positional() {
    return attributes.stream().filter(Attribute::positional);
  }

  List<String> attributeNames() {
    return attributes.stream().<String>map(Attribute::name).toList();
  }
}
