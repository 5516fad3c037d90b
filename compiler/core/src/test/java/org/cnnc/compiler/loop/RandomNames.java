package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The names that are visible at a place of a random function. A new name counts the visible ones of
 * its kind, so names do not shadow, and blocks side by side use the same ones.
 */
final class RandomNames {
  final List<IndexVar> indices = new ArrayList<>();
  final List<String> scalars = new ArrayList<>();
  final List<String> vectors = new ArrayList<>();
  final List<ArrayVar> arrays = new ArrayList<>();
  private final List<String> assignable = new ArrayList<>();

  /** How many names were visible. */
  record Mark(int indices, int scalars, int vectors, int arrays, int assignable) {}

  Mark mark() {
    return new Mark(
        indices.size(), scalars.size(), vectors.size(), arrays.size(), assignable.size());
  }

  void restore(Mark mark) {
    shorten(indices, mark.indices());
    shorten(scalars, mark.scalars());
    shorten(vectors, mark.vectors());
    shorten(arrays, mark.arrays());
    shorten(assignable, mark.assignable());
  }

  private static void shorten(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  void declare(Parameter parameter) {
    if (parameter instanceof Parameter.Array array) {
      arrays.add(array.variable());
    } else if (parameter instanceof Parameter.Integer integer) {
      indices.add(integer.variable());
    } else {
      scalars.add(parameter.name());
    }
  }

  void declareScalar(String name) {
    scalars.add(name);
    assignable.add(name);
  }

  void declareVector(String name) {
    vectors.add(name);
  }

  void declareArray(ArrayVar array) {
    arrays.add(array);
  }

  IndexVar newIndex(int min, int max) {
    return new IndexVar("i" + indices.size(), min, max);
  }

  String newScalar() {
    return "s" + scalars.size();
  }

  String newVector() {
    return "v" + vectors.size();
  }

  String newArray() {
    return "a" + arrays.size();
  }

  Optional<String> anyAssignable(Random random) {
    return assignable.isEmpty()
        ? Optional.empty()
        : Optional.of(assignable.get(random.nextInt(assignable.size())));
  }
}
