package org.cnnc.training;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an epoch brought.
 *
 * @param epoch the epoch, from 1
 * @param epochs how many there will be
 * @param meanLoss mean loss of the training images, each at the time it was learnt
 * @param trainingAccuracy part of them that were named rightly at that time; empty if the program
 *     does not keep its scores
 * @param validation the network after the epoch, judged on the validation data
 * @param best whether these are the best weights so far
 * @param imagesPerSecond training speed, without validation
 */
public record EpochReport(
    int epoch,
    int epochs,
    double meanLoss,
    OptionalDouble trainingAccuracy,
    Optional<Evaluation> validation,
    boolean best,
    double imagesPerSecond) {

  /**
   * The epoch in a line: {@code epoch 2/10 loss 0.4127 accuracy 85.1 % ...}; the same in every
   * country.
   */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append(format("epoch %d/%d  loss %.4f", epoch, epochs, meanLoss));
    trainingAccuracy.ifPresent(part -> line.append(format("  accuracy %.1f %%", 100 * part)));
    validation.ifPresent(
        result ->
            line.append(
                format(
                    "  validation loss %.4f  accuracy %.1f %%",
                    result.meanLoss(), 100 * result.accuracy())));
    line.append(best ? " best" : "");
    return line.append(format("  %,d images/s", Math.round(imagesPerSecond))).toString();
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
