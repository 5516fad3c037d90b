package org.cnnc.report;

import java.util.List;
import org.cnnc.training.EpochReport;
import org.cnnc.training.Evaluation;
import org.cnnc.training.TrainingResult;

/**
 * An epoch's places in the curves; NaN where a number is not known.
 *
 * @param epoch from 1
 * @param loss mean loss of the training images
 * @param accuracy part of them that was named rightly
 * @param validationLoss mean loss of the validation images
 * @param validationAccuracy part of them that was named rightly
 */
public record EpochFigures(
    int epoch, double loss, double accuracy, double validationLoss, double validationAccuracy) {

  /** Those of a run's epochs. */
  public static List<EpochFigures> of(TrainingResult result) {
    return result.history().stream().map(EpochFigures::of).toList();
  }

  private static EpochFigures of(EpochReport report) {
    return new EpochFigures(
        report.epoch(),
        report.meanLoss(),
        report.trainingAccuracy().orElse(Double.NaN),
        report.validation().map(Evaluation::meanLoss).orElse(Double.NaN),
        report.validation().map(Evaluation::accuracy).orElse(Double.NaN));
  }

  /** Whether there were images to judge by. */
  boolean isValidated() {
    return !Double.isNaN(validationLoss);
  }
}
