package org.cnnc.report;

import java.util.List;
import org.cnnc.compiler.drawing.MarkupWriter;
import org.cnnc.training.Evaluation;

/** What images of each class were taken for, and how good the answers are by class. */
final class ConfusionSection {
  /** With more classes a square of numbers tells nobody anything. */
  private static final int MOST_CLASSES = 30;

  private final Evaluation evaluation;
  private final MarkupWriter out;

  ConfusionSection(Evaluation evaluation, MarkupWriter out) {
    this.evaluation = evaluation;
    this.out = out;
  }

  void write() {
    out.open("div", "class", "side-by-side");
    if (evaluation.classes().size() <= MOST_CLASSES) {
      writeSquare();
    } else {
      writePairs();
    }
    writeClasses();
    out.close();
  }

  private void writeSquare() {
    out.open("figure").element("figcaption", "Rows: what it is. Columns: what was said.");
    Scroller.open(out, "What was taken for what").open("table", "class", "confusion");
    out.open("tr").element("td", "");
    evaluation.classes().forEach(name -> out.element("th", name, "scope", "col"));
    out.close();
    for (int right = 0; right < evaluation.classes().size(); right++) {
      out.open("tr").element("th", evaluation.classes().get(right), "scope", "row");
      for (int said = 0; said < evaluation.classes().size(); said++) {
        writeCell(right, said);
      }
      out.close();
    }
    out.close().close().close();
  }

  private void writeCell(int right, int said) {
    int count = evaluation.confusion().get(right).get(said);
    if (count == 0) {
      out.element("td", "·", "class", "none");
      return;
    }
    double part = (double) count / evaluation.support(right);
    // The root makes the few mistakes of a good network visible.
    // On more colour than this the number would be hard to read.
    double share = right == said ? part * 0.9 : 0.1 + 0.7 * Math.sqrt(part);
    String style = (right == said ? "right" : "wrong") + (share > 0.55 ? " strong" : "");
    out.element(
        "td",
        Quantities.count(count),
        "class",
        style,
        "style",
        "--share: " + MarkupWriter.number(share),
        "title",
        evaluation.classes().get(right)
            + " taken for "
            + evaluation.classes().get(said)
            + ": "
            + Quantities.percent(part));
  }

  private void writePairs() {
    out.open("figure").element("figcaption", "What is confused most.");
    Scroller.open(out, "What is confused most").open("table");
    out.open("tr").element("th", "it is").element("th", "it was said").element("th", "images");
    out.close();
    for (Confusion pair : Confusion.mostOf(evaluation)) {
      out.open("tr").element("td", pair.right()).element("td", pair.said());
      out.element("td", Quantities.count(pair.count())).close();
    }
    out.close().close().close();
  }

  private void writeClasses() {
    out.open("figure").element("figcaption", "Class by class.");
    Scroller.open(out, "Class by class").open("table");
    out.open("tr");
    for (String title : List.of("class", "images", "precision", "recall", "F1")) {
      out.element("th", title);
    }
    out.close();
    for (int i = 0; i < evaluation.classes().size(); i++) {
      out.open("tr").element("td", evaluation.classes().get(i));
      out.element("td", Quantities.count(evaluation.support(i)));
      out.element("td", Quantities.percent(evaluation.precision(i)));
      out.element("td", Quantities.percent(evaluation.recall(i)));
      out.element("td", Quantities.percent(evaluation.f1(i)));
      out.close();
    }
    out.close().close().close();
  }
}
