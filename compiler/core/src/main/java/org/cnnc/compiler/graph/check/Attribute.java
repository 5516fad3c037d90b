package org.cnnc.compiler.graph.check;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a layer, an optimizer or a statement can be told.
 *
 * @param name its only spelling
 * @param defaultValue what it is if the text does not say; without one it must be given
 * @param positional whether its name can be left out
 */
public record Attribute<T>(
    String name, AttributeType<T> type, Optional<Default<T>> defaultValue, boolean positional) {
  /**
   * What an attribute is if the text does not say.
   *
   * @param text as the reference writes it
   * @param value computed from the other attributes
   */
  public record Default<T>(String text, Function<BoundArguments, T> value) {}

  static <T> Attribute<T> required(String name, AttributeType<T> type) {
    return new Attribute<>(name, type, Optional.empty(), false);
  }

  static <T> Attribute<T> optional(String name, AttributeType<T> type, String text, T value) {
    return derived(name, type, text, arguments -> value);
  }

  static <T> Attribute<T> derived(
      String name, AttributeType<T> type, String text, Function<BoundArguments, T> value) {
    return new Attribute<>(name, type, Optional.of(new Default<>(text, value)), false);
  }

  Attribute<T> byPosition() {
    return new Attribute<>(name, type, defaultValue, true);
  }

  public boolean isRequired() {
    return defaultValue.isEmpty();
  }
}
