package org.cnnc.training;

import java.util.Map;
import org.cnnc.runtime.Tensor;

/**
 * The weights that did best on the validation data: by the number of images named rightly, then by
 * the mean loss, then the earlier ones.
 *
 * @param epoch when, from 1
 * @param correct validation images named rightly
 * @param images validation images
 * @param meanLoss on the validation images
 * @param parameters by name
 */
record BestWeights(
    int epoch, int correct, int images, double meanLoss, Map<String, Tensor> parameters) {
  boolean isBeatenBy(Evaluation other) {
    return other.correct() > correct || (other.correct() == correct && other.meanLoss() < meanLoss);
  }

  double accuracy() {
    return (double) correct / images;
  }
}
