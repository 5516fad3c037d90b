package org.cnnc.compiler.graph.check;

import java.util.Map;
import java.util.Optional;
import org.cnnc.grammar.source.Span;

/**
 * The attributes of one call: those that the text gives, and the defaults of the others.
 *
 * <p>Where something is wrong, which was reported, they are incomplete: what could be read is there
 * all the same, so that it can be checked too.
 */
public final class BoundArguments {
  private final Map<String, Given<?>> given;

  private final boolean complete;

  BoundArguments(Map<String, Given<?>> given, boolean complete) {
    this.given = Map.copyOf(given);
    this.complete = complete;
  }

  /** Whether nothing is wrong. */
  boolean isComplete() {
    return complete;
  }

  /** What the text gives for one attribute, and where. */
  record Given<T>(Attribute<T> attribute, T value, Span span) {}

  /** What the attribute is set to, or its default. */
  public <T> T get(Attribute<T> attribute) {
    Given<?> found = given.get(attribute.name());
    if (found == null) {
      return attribute.defaultValue().orElseThrow().value().apply(this);
    }
    if (!found.attribute().equals(attribute)) {
      throw new IllegalArgumentException(attribute.name() + " belongs to another signature");
    }
    // The value was read by this very attribute's type.
    @SuppressWarnings("unchecked")
    T value = (T) found.value();
    return value;
  }

  /** Where the text sets the attribute, name included. */
  Optional<Span> span(Attribute<?> attribute) {
    return Optional.ofNullable(given.get(attribute.name())).map(Given::span);
  }
}
