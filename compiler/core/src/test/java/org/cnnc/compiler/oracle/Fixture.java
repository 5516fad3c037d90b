package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/** A recorded file of tensors. */
record Fixture(String name, Safetensors file) {
  static Fixture read(String name) throws IOException {
    try (InputStream in = Fixture.class.getResourceAsStream("/oracle/" + name + ".safetensors")) {
      return new Fixture(name, Safetensors.read(in, name));
    }
  }

  /**
   * The layer that was recorded, or the chain of them, in the language of {@code model.net}; none
   * for a loss or a run.
   */
  Optional<String> layer() {
    return Optional.ofNullable(file.metadata().get("layer"));
  }

  Map<String, Tensor> tensors() {
    return file.tensors();
  }

  Tensor tensor(String key) {
    Tensor tensor = tensors().get(key);
    assertThat(tensor).as(name + ": " + key).isNotNull();
    return tensor;
  }

  boolean has(String key) {
    return tensors().containsKey(key);
  }

  float[] values(String key) {
    return tensor(key).values();
  }

  /** Largest difference to a recorded tensor, as a part of its largest magnitude. */
  double relativeError(String key, float[] actual) {
    double[] errors = relativeErrors(key, actual);
    return errors[errors.length - 1];
  }

  /** The error that all but one in fifty elements stay within. */
  double usualRelativeError(String key, float[] actual) {
    double[] errors = relativeErrors(key, actual);
    return errors[Math.max(0, errors.length - 1 - (errors.length + 49) / 50)];
  }

  /** Of each element, relative to the largest of the tensor, in ascending order. */
  private double[] relativeErrors(String key, float[] actual) {
    float[] expected = values(key);
    assertThat(actual).as(name + ": " + key).hasSameSizeAs(expected);
    double largest = 0;
    for (float element : expected) {
      largest = Math.max(largest, Math.abs(element));
    }
    double[] errors = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      errors[i] = largest == 0 ? difference : difference / largest; // NaN is sorted last
    }
    Arrays.sort(errors);
    return errors;
  }
}
