package org.example.byhand;

import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;

/** The layers: each is a class that cnnc generated from a text in src/main/cnnc. */
final class Layers {
  private Layers() {}

  static float[] relu(float... image) {
    return run(new ReluPrediction(), image);
  }

  static float[] maxPooling(float... image) {
    return run(new MaxPoolingPrediction(), image);
  }

  static float[] averagePooling(float... image) {
    return run(new AveragePoolingPrediction(), image);
  }

  static float[] flatten(float... image) {
    return run(new FlattenPrediction(), image);
  }

  static float[] softmax(float... scores) {
    return run(new SoftmaxPrediction(), scores);
  }

  /** These layers learn nothing, so there are no weights to load. */
  private static float[] run(Program layer, float... input) {
    return new PredictionSession(layer, ProgramInfo.parse(layer.description())).predict(input);
  }
}
