package org.cnnc.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.TextTable;
import org.cnnc.report.Quantities;
import org.cnnc.training.Evaluation;

/** Prints how well a network does: accuracy, and a table with a row for each class. */
final class EvaluationReport {
  private static final int PLACES = 6;

  private final Console console;
  private final boolean json;
  private final OptionalInt skipped;

  /**
   * A report.
   *
   * @param skipped broken pictures that were left out, if any may be
   */
  EvaluationReport(Console console, boolean json, OptionalInt skipped) {
    this.console = console;
    this.json = json;
    this.skipped = skipped;
  }

  /**
   * Prints an evaluation.
   *
   * @param images what was judged: {@code test images}
   */
  void print(Evaluation evaluation, String images) {
    if (json) {
      console.line(withSkipped(asJson(evaluation, images), skipped).toString());
      return;
    }
    console.line(summary(evaluation, images));
    console.line("");
    console.print(table(evaluation));
  }

  /** Accuracy and loss in a line. */
  static String summary(Evaluation evaluation, String images) {
    return "accuracy "
        + Quantities.percent(evaluation.accuracy())
        + " ("
        + Quantities.count(evaluation.correct())
        + " of "
        + Quantities.count(evaluation.images())
        + " "
        + images
        + "), loss "
        + Quantities.fourPlaces(evaluation.meanLoss());
  }

  /** A row for each class. */
  static String table(Evaluation evaluation) {
    TextTable table = new TextTable("lrrrr");
    table.row("class", "images", "precision", "recall", "f1");
    for (int i = 0; i < evaluation.classes().size(); i++) {
      table.row(
          evaluation.classes().get(i),
          Quantities.count(evaluation.support(i)),
          Quantities.percent(evaluation.precision(i)),
          Quantities.percent(evaluation.recall(i)),
          Quantities.percent(evaluation.f1(i)));
    }
    return table.toString();
  }

  /** All of it for programs. */
  static JsonObject asJson(Evaluation evaluation, String images) {
    List<JsonObject> classes =
        IntStream.range(0, evaluation.classes().size())
            .mapToObj(i -> classAsJson(evaluation, i))
            .toList();
    return new JsonObject()
        .with("event", "evaluation")
        .with("on", images)
        .with("images", evaluation.images())
        .with("correct", evaluation.correct())
        .with("accuracy", evaluation.accuracy(), PLACES)
        .with("loss", evaluation.meanLoss(), PLACES)
        .withObjects("classes", classes);
  }

  /** Adds how many broken pictures were left out, if any may be. */
  static JsonObject withSkipped(JsonObject object, OptionalInt skipped) {
    skipped.ifPresent(count -> object.with("skipped", count));
    return object;
  }

  private static JsonObject classAsJson(Evaluation evaluation, int number) {
    return new JsonObject()
        .with("class", evaluation.classes().get(number))
        .with("images", evaluation.support(number))
        .with("precision", evaluation.precision(number), PLACES)
        .with("recall", evaluation.recall(number), PLACES)
        .with("f1", evaluation.f1(number), PLACES)
        .withNumbers("said", evaluation.confusion().get(number));
  }
}
