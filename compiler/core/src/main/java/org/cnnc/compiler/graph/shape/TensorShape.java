package org.cnnc.compiler.graph.shape;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of one image's value, without the batch: [channels, height, width], or [features] for a
 * vector.
 */
public record TensorShape(List<Integer> dims) {
  public TensorShape {
    dims = List.copyOf(dims);
    if ((dims.size() != 1 && dims.size() != 3) || dims.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException("shape " + dims);
    }
  }

  public static TensorShape vector(int features) {
    return new TensorShape(List.of(features));
  }

  public static TensorShape image(int channels, int height, int width) {
    return new TensorShape(List.of(channels, height, width));
  }

  public boolean isVector() {
    return dims.size() == 1;
  }

  /** Channels of an image, features of a vector. */
  public int channels() {
    return dims.get(0);
  }

  /** 1 for a vector. */
  public int height() {
    return isVector() ? 1 : dims.get(1);
  }

  /** 1 for a vector. */
  public int width() {
    return isVector() ? 1 : dims.get(2);
  }

  public int elements() {
    return Math.multiplyExact(Math.multiplyExact(channels(), height()), width());
  }

  /** {@code [3, 32, 32]}. */
  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
