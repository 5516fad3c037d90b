package org.example.sketchpad;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Tensor;

/** Reads named values with their shapes. */
final class PredictionSessions {
  private PredictionSessions() {}

  /** The values of these names for one input, in this order. */
  static Map<String, Tensor> named(PredictionSession session, float[] input, List<String> names) {
    Map<String, float[]> values = session.predict(input, names);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      List<Integer> dims = session.info().value(name).orElseThrow().dims();
      tensors.put(name, Tensor.of(dims, values.get(name)));
    }
    return tensors;
  }
}
