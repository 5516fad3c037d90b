package org.example.sketchpad;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/**
 * The half of {@code Digits.net} that extracts features: from the picture to the last pooling. It
 * stays as it was trained, whatever the second half is taught.
 */
final class FirstHalf {
  private static final String FEATURES = "maxpool2";

  private final PredictionSession session;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  /**
   * @param digits weights of {@code Digits.net}
   * @throws IOException if these are others
   */
  FirstHalf(Safetensors digits) throws IOException {
    session = PredictionSession.load(new DigitsPrediction(), digits);
    digits
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("conv")) {
                weights.put(name, tensor);
              }
            });
  }

  /** What the second half takes, 16 * 5 * 5 numbers. */
  float[] features(Glyph glyph) {
    return session.predict(glyph.pixels(), FEATURES);
  }

  /** The values of these names. */
  Map<String, Tensor> look(Glyph glyph, List<String> names) {
    return PredictionSessions.named(session, glyph.pixels(), names);
  }

  /** The weights of its layers. */
  Map<String, Tensor> weights() {
    return weights;
  }
}
