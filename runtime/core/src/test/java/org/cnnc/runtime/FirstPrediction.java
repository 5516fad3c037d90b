package org.cnnc.runtime;

import java.nio.file.Path;

/** A whole small app: loads weights from a file and answers once. */
final class FirstPrediction {
  private FirstPrediction() {}

  public static void main(String[] arguments) throws Exception {
    Safetensors weights = Safetensors.read(Path.of(arguments[0]));
    PredictionSession session = PredictionSession.load(new LinearPrediction(), weights);
    System.out.println(Classification.best(session.predict(new float[] {1, 2, 3, 4, 5, 6, 7, 8})));
  }
}
