package org.cnnc.compiler.graph.check;

import java.util.List;

/**
 * What an attribute can be set to.
 *
 * @param <T> what the compiler makes of it
 */
public interface AttributeType<T> {
  /** Type and range, to follow "must be": {@code a whole number from 1 to 1024}. */
  String description();

  /** Words that it understands besides numbers and values; a name that is not defined is one. */
  default List<String> words() {
    return List.of();
  }

  /** Takes what the user wrote, or says what is wrong with it. */
  Reading<T> read(Meaning meaning);
}
