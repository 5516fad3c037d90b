package org.cnnc.compiler.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a statement sees, with what they stand for; blocks and loops nest. */
final class Scope<T> {
  private final Map<String, T> visible = new HashMap<>();
  private final Deque<Deque<String>> levels = new ArrayDeque<>();

  Scope() {
    open();
  }

  void open() {
    levels.push(new ArrayDeque<>());
  }

  /** Forgets the names declared since the matching {@link #open}. */
  void close() {
    levels.pop().forEach(visible::remove);
  }

  /** False if the name is already visible. */
  boolean declare(String name, T meaning) {
    if (visible.putIfAbsent(name, meaning) != null) {
      return false;
    }
    levels.element().push(name);
    return true;
  }

  Optional<T> find(String name) {
    return Optional.ofNullable(visible.get(name));
  }
}
