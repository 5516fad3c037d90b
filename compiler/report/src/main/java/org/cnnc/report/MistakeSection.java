package org.cnnc.report;

import java.util.List;
import org.cnnc.compiler.drawing.MarkupWriter;
import org.cnnc.training.Outcomes;

/** The images that the network is most wrong about. */
final class MistakeSection {
  private static final int MOST = 24;
  private static final int WIDTH = 84;

  private final ReportFacts facts;
  private final MarkupWriter out;

  MistakeSection(ReportFacts facts, MarkupWriter out) {
    this.facts = facts;
    this.out = out;
  }

  void write() {
    out.open("section").element("h2", "Its worst mistakes");
    List<Outcomes.Mistake> mistakes = facts.outcomes().worstMistakes(MOST);
    if (mistakes.isEmpty()) {
      out.element("p", "There are none: all images were named rightly.", "class", "quiet");
    }
    out.open("div", "class", "gallery");
    for (Outcomes.Mistake mistake : mistakes) {
      write(mistake);
    }
    out.close().close();
  }

  private void write(Outcomes.Mistake mistake) {
    String right = facts.outcomes().classes().get(mistake.right());
    String said = facts.outcomes().classes().get(mistake.said());
    ShownImage image =
        ShownImage.of(facts.judged(), mistake.image(), facts.session().info().input());
    out.open("figure");
    Pictures.write(
        out, image.picture(), image.scaleTo(WIDTH), "image " + mistake.image() + ", a " + right);
    out.open("figcaption").element("b", right);
    out.element("span", "said " + said + ", " + Quantities.percent(mistake.saidProbability()));
    out.element("span", "image " + mistake.image(), "class", "quiet");
    out.close().close();
  }
}
