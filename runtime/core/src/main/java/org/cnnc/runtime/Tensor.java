package org.cnnc.runtime;

import java.util.List;
import java.util.OptionalInt;

/**
 * Numbers with a shape, the last dimension running fastest.
 *
 * @param type how a file stores them; in memory they are floats
 * @param dims sizes; none for a single number
 * @param values the elements, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Tensor(ElementType type, List<Integer> dims, float[] values) {
  public Tensor {
    dims = List.copyOf(dims);
    if (elements(dims) != values.length) {
      throw new IllegalArgumentException(values.length + " values for shape " + dims);
    }
  }

  /** A float32 tensor. */
  public static Tensor of(List<Integer> dims, float[] values) {
    return new Tensor(ElementType.F32, dims, values);
  }

  /** Place of the first element that is infinite or not a number, if there is one. */
  public OptionalInt firstNotFinite() {
    if (allFinite()) {
      return OptionalInt.empty();
    }
    int place = 0;
    while (Float.isFinite(values[place])) {
      place++;
    }
    return OptionalInt.of(place);
  }

  /** Few instructions an element: this runs before anything is compiled. */
  private boolean allFinite() {
    float sum = 0;
    for (float value : values) {
      sum += value * 0f; // NaN for what is not finite
    }
    return sum == 0;
  }

  private static long elements(List<Integer> dims) {
    long elements = 1;
    for (int dim : dims) {
      elements = Math.multiplyExact(elements, dim);
    }
    return elements;
  }

  /** Element types of a safetensors file that can be read; all become floats. */
  public enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of an element. */
    public int bytes() {
      return bytes;
    }
  }
}
