package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * The locals of all functions of an interpreted program. Functions do not recurse, so each local
 * has one place for good, its slot.
 */
final class Registers {
  private int numberCount;
  private int indexCount;
  private int arrayCount;
  private final List<double[]> vectors = new ArrayList<>();
  double[] numbers;
  int[] indices;
  Object[] arrays;

  int reserveNumber() {
    return numberCount++;
  }

  int reserveVector(int lanes) {
    vectors.add(new double[lanes]);
    return vectors.size() - 1;
  }

  /** The lanes of a vector, always in this array. */
  double[] vector(int slot) {
    return vectors.get(slot);
  }

  int reserveIndex() {
    return indexCount++;
  }

  int reserveArray() {
    return arrayCount++;
  }

  /** After the last reservation, before the first use. */
  void allocate() {
    numbers = new double[numberCount];
    indices = new int[indexCount];
    arrays = new Object[arrayCount];
  }
}
