package org.cnnc.compiler.loop;

/**
 * The locals of all functions of an interpreted program. Functions do not recurse, so each local
 * has one place for good, its slot. A vector takes as many consecutive slots as there are lanes.
 */
final class Registers {
  private int numberCount;
  private int indexCount;
  private int arrayCount;
  double[] numbers;
  int[] indices;
  Object[] arrays;

  int reserveNumbers(int count) {
    numberCount += count;
    return numberCount - count;
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
