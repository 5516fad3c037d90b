package org.cnnc.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.TextTable;
import org.cnnc.report.Confusion;
import org.cnnc.report.Quantities;
import org.cnnc.training.Evaluation;
import org.cnnc.training.Outcomes;
import org.cnnc.training.Outcomes.Confidence;
import org.cnnc.training.Outcomes.Mistake;

/**
 * Prints all that a judgement tells: accuracy, a table of the classes, what was taken for what, and
 * how far probabilities can be trusted.
 */
final class OutcomesReport {
  /** Ranges of probability; ten, as is usual for the expected calibration error. */
  private static final int RANGES = 10;

  /** With more classes a square of numbers tells nobody anything. */
  private static final int MOST_CLASSES = 20;

  private static final int PLACES = 6;

  private final Outcomes outcomes;
  private final Evaluation evaluation;
  private final Optional<Integer> top;

  /**
   * A report.
   *
   * @param top among how many first answers the right one is looked for, too
   */
  OutcomesReport(Outcomes outcomes, Optional<Integer> top) {
    this.outcomes = outcomes;
    this.evaluation = outcomes.evaluation();
    this.top = top;
  }

  /** For people. */
  void print(Console console) {
    console.line(EvaluationReport.summary(evaluation, "images"));
    if (top.isPresent()) {
      console.line(
          "right class among the first "
              + top.get()
              + ": "
              + Quantities.percent(outcomes.topAccuracy(top.get())));
    }
    console.line("");
    console.print(EvaluationReport.table(evaluation));
    console.line("");
    console.print(confusion());
    console.line("");
    console.line(
        "expected calibration error "
            + Quantities.percent(outcomes.calibrationError(RANGES))
            + ": how far probability and accuracy are apart");
    console.print(calibration());
  }

  private String confusion() {
    return evaluation.classes().size() <= MOST_CLASSES ? square() : pairs();
  }

  private String square() {
    List<String> classes = evaluation.classes();
    TextTable table = new TextTable("l" + "r".repeat(classes.size()));
    table.row(row("it is \\ said", classes.stream()));
    for (int right = 0; right < classes.size(); right++) {
      List<Integer> counts = evaluation.confusion().get(right);
      table.row(row(classes.get(right), counts.stream().map(Quantities::count)));
    }
    return table.toString();
  }

  private static String[] row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).toArray(String[]::new);
  }

  private String pairs() {
    TextTable table = new TextTable("llr");
    table.row("it is", "said", "images");
    for (Confusion pair : Confusion.mostOf(evaluation)) {
      table.row(pair.right(), pair.said(), Quantities.count(pair.count()));
    }
    return table.toString();
  }

  private String calibration() {
    TextTable table = new TextTable("lrrr");
    table.row("probability", "images", "mean", "accuracy");
    for (Confidence range : outcomes.calibration(RANGES)) {
      if (range.images() > 0) {
        table.row(
            Quantities.percent(range.from()) + " to " + Quantities.percent(range.to()),
            Quantities.count(range.images()),
            Quantities.percent(range.confidence()),
            Quantities.percent(range.accuracy()));
      }
    }
    return table.toString();
  }

  /**
   * For programs.
   *
   * @param mistakes those that a picture shows; none without one
   */
  JsonObject asJson(List<Mistake> mistakes) {
    JsonObject object = EvaluationReport.asJson(evaluation, "images");
    top.ifPresent(k -> object.with("top", k).with("top_accuracy", outcomes.topAccuracy(k), PLACES));
    object
        .with("calibration_error", outcomes.calibrationError(RANGES), PLACES)
        .withObjects(
            "calibration",
            outcomes.calibration(RANGES).stream().map(OutcomesReport::rangeAsJson).toList());
    if (!mistakes.isEmpty()) {
      object.withObjects("mistakes", mistakes.stream().map(this::mistakeAsJson).toList());
    }
    return object;
  }

  private static JsonObject rangeAsJson(Confidence range) {
    return new JsonObject()
        .with("from", range.from(), 1)
        .with("to", range.to(), 1)
        .with("images", range.images())
        .with("confidence", range.confidence(), PLACES)
        .with("accuracy", range.accuracy(), PLACES);
  }

  private JsonObject mistakeAsJson(Mistake mistake) {
    return new JsonObject()
        .with("image", mistake.image())
        .with("class", outcomes.classes().get(mistake.right()))
        .with("probability", mistake.rightProbability(), PLACES)
        .with("said", outcomes.classes().get(mistake.said()))
        .with("said_probability", mistake.saidProbability(), PLACES);
  }
}
