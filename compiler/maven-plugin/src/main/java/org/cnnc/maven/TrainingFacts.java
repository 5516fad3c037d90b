package org.cnnc.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cnnc.training.EpochReport;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingResult.Ending;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;

/**
 * What a person wants to know of a training that is done, in lines.
 *
 * @param nanos how long this build trained
 * @param resumed whether a build before it had trained, too; nobody knows how long
 */
record TrainingFacts(
    String network, Split split, TrainingResult result, long nanos, boolean resumed) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "Trained %s on %,d images in %.1f seconds%s",
            network,
            split.training().size(),
            nanos * 1e-9,
            resumed ? " of this build, which went on from an earlier one" : ""));
    lines.add(split.validation().map(this::judged).orElseGet(this::learnt));
    if (result.ending() == Ending.OUT_OF_PATIENCE) {
      lines.add("Complete before its last epoch: nothing better came (parameter patience)");
    }
    return lines;
  }

  private String judged(Dataset validation) {
    String accuracy = fact("cnnc.validation.accuracy");
    return accuracy == null
        ? "No epoch was judged yet"
        : format(
            "Best of %s epochs: %s, accuracy %.4f on %,d validation images",
            fact("cnnc.epochs"), fact("cnnc.epoch"), Double.valueOf(accuracy), validation.size());
  }

  private String fact(String key) {
    return result.weights().metadata().get(key);
  }

  /** A run that went on behind its last epoch has no report. */
  private String learnt() {
    Optional<EpochReport> last = result.history().stream().reduce((before, after) -> after);
    OptionalDouble accuracy =
        last.map(EpochReport::trainingAccuracy).orElseGet(OptionalDouble::empty);
    return "Last of "
        + fact("cnnc.epochs")
        + " epochs"
        + (accuracy.isEmpty()
            ? ""
            : format(", accuracy %.4f on the images while learnt", accuracy.getAsDouble()));
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
