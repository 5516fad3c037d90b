package org.cnnc.maven;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cnnc.training.EpochReport;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;

/**
 * What a person wants to know of a training that is done, in lines.
 *
 * @param epochs how many there were
 * @param nanos how long the run took
 */
record TrainingFacts(String network, Split split, TrainingResult result, int epochs, long nanos) {
  List<String> lines() {
    return List.of(
        format(
            "Trained %s on %,d images in %.1f seconds",
            network, split.training().size(), nanos * 1e-9),
        split.validation().map(this::judged).orElseGet(this::learnt));
  }

  private String judged(Dataset validation) {
    Map<String, String> metadata = result.weights().metadata();
    return format(
        "Best of %d epochs: %s, accuracy %.4f on %,d validation images",
        epochs,
        metadata.get("cnnc.epoch"),
        Double.valueOf(metadata.get("cnnc.validation.accuracy")),
        validation.size());
  }

  /** A run that went on behind its last epoch has no report. */
  private String learnt() {
    Optional<EpochReport> last = result.history().stream().reduce((before, after) -> after);
    OptionalDouble accuracy =
        last.map(EpochReport::trainingAccuracy).orElseGet(OptionalDouble::empty);
    return "Last of "
        + epochs
        + " epochs"
        + (accuracy.isEmpty()
            ? ""
            : format(", accuracy %.4f on the images while learnt", accuracy.getAsDouble()));
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
