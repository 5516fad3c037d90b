package org.cnnc.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /**
     * The numbers that stored elements are.
     *
     * @param source elements, from its position on
     * @param values gets {@code count} numbers from {@code offset} on
     */
    public void convert(ByteBuffer source, float[] values, int offset, int count) {
      ByteBuffer elements = source.order(ByteOrder.LITTLE_ENDIAN);
      if (this == F32) {
        elements.asFloatBuffer().get(values, offset, count);
      } else {
        for (int i = 0; i < count; i++) {
          values[offset + i] = next(elements);
        }
      }
    }

    private float next(ByteBuffer source) {
      return switch (this) {
        case F64 -> (float) source.getDouble();
        case F32 -> source.getFloat();
        case F16 -> halfToFloat(source.getShort());
        case BF16 -> Float.intBitsToFloat(source.getShort() << 16);
        case I64 -> source.getLong();
        case I32 -> source.getInt();
        case I16 -> source.getShort();
        case I8 -> source.get();
        case U8, BOOL -> source.get() & 0xff;
      };
    }

    /** IEEE binary16, exactly: JDK 17 has no {@code Float.float16ToFloat}. */
    static float halfToFloat(short half) {
      int exponent = (half >> 10) & 0x1f;
      int fraction = half & 0x3ff;
      float size;
      if (exponent == 0) {
        size = fraction * 0x1p-24f;
      } else if (exponent == 31) {
        size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
      } else {
        size = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
      }
      return half < 0 ? -size : size;
    }
  }
}
