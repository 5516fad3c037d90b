package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.Buffer;

/**
 * Where a parameter (or its gradient, or a state of it) is stored: element (i, j, ...) at {@code s
 * = i * strides[0] + j * strides[1] + ...}, that is row {@code s / length}, place {@code s %
 * length}.
 */
public record ParameterPlace(Buffer buffer, List<Integer> strides) {
  public ParameterPlace {
    strides = List.copyOf(strides);
  }

  /**
   * Rows, length and strides for a shape: a convolution's weight has one row an output channel, in
   * the order (kernel row, kernel column, input channel) of the sums; a fully connected one has one
   * row an output; a vector is one row.
   */
  public static ParameterPlace of(String name, Buffer.Scope scope, List<Integer> dims) {
    Buffer buffer = new Buffer(name, scope, rows(dims), rowLength(dims));
    if (dims.size() == 1) {
      return new ParameterPlace(buffer, List.of(1));
    }
    List<Integer> strides = new ArrayList<>(List.of(buffer.length()));
    if (dims.size() == 4) {
      strides.addAll(List.of(1, dims.get(3) * dims.get(1), dims.get(1)));
    } else {
      strides.add(1);
    }
    return new ParameterPlace(buffer, strides);
  }

  /** Rows of a shape. */
  public static int rows(List<Integer> dims) {
    return dims.size() == 1 ? 1 : dims.get(0);
  }

  /** Floats of a row of a shape. */
  public static int rowLength(List<Integer> dims) {
    return dims.size() == 1 ? dims.get(0) : dims.stream().skip(1).reduce(1, Math::multiplyExact);
  }
}
