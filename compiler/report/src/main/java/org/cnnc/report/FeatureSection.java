package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.drawing.MarkupWriter;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.training.Outcomes;

/** What some images become on their way through the network: every feature map. */
final class FeatureSection {
  private static final int EXAMPLES = 3;
  private static final int MOST_MAPS = 32;

  /** So many maps have room on a phone. */
  private static final int COLUMNS = 8;

  private static final int MAP_WIDTH = 84;
  private static final int IMAGE_WIDTH = 84;
  private static final int FEW_FEATURES = 16;
  private static final int MOST_FEATURES = 128;
  private static final int FEATURE_COLUMNS = 32;

  private final ReportFacts facts;
  private final MarkupWriter out;

  FeatureSection(ReportFacts facts, MarkupWriter out) {
    this.facts = facts;
    this.out = out;
  }

  void write() {
    out.open("section").element("h2", "Feature maps");
    out.element(
        "p",
        "What an image becomes, layer by layer. Within a layer, dark is its least value and bright"
            + " its greatest.",
        "class",
        "quiet");
    boolean first = true;
    for (int image : examples()) {
      write(image, first);
      first = false;
    }
    out.close();
  }

  /** The first images of some classes, those that are named rightly if there are such. */
  private List<Integer> examples() {
    Set<Integer> wrong = new HashSet<>();
    facts
        .outcomes()
        .worstMistakes(Integer.MAX_VALUE)
        .forEach(mistake -> wrong.add(mistake.image()));
    Set<Integer> classes = new LinkedHashSet<>();
    List<Integer> images = new ArrayList<>();
    for (int image = 0; image < facts.judged().size() && images.size() < EXAMPLES; image++) {
      boolean right = !wrong.contains(image) || wrong.size() == facts.outcomes().images();
      if (right && classes.add(facts.judged().label(image))) {
        images.add(image);
      }
    }
    return images;
  }

  private void write(int number, boolean open) {
    Outcomes outcomes = facts.outcomes();
    ShownImage image = ShownImage.of(facts.judged(), number, facts.session().info().input());
    NetworkGraph network = facts.network();
    Map<String, float[]> values = facts.session().predict(image.values(), network.layerValues());
    if (open) {
      out.open("details", "open", "open");
    } else {
      out.open("details");
    }
    String name = outcomes.classes().get(facts.judged().label(number));
    out.element("summary", name + ", image " + number);
    out.open("figure").element("figcaption", network.input().value().name());
    Pictures.write(out, image.picture(), image.scaleTo(IMAGE_WIDTH), "the image, a " + name);
    out.close();
    for (Node node : network.nodes()) {
      float[] value = values.get(node.output().name());
      if (node.output().shape().isVector()) {
        writeVector(node, value);
      } else {
        writeMaps(node, value);
      }
    }
    writeAnswer(values.get(network.outputs().get(0).value().name()));
    out.close();
  }

  private void writeMaps(Node node, float[] value) {
    TensorShape shape = node.output().shape();
    int shown = Math.min(MOST_MAPS, shape.channels());
    int area = shape.height() * shape.width();
    Range range = Range.of(value);
    Tiles tiles = new Tiles(shown, COLUMNS, shape.width(), shape.height());
    for (int map = 0; map < shown; map++) {
      for (int i = 0; i < area; i++) {
        int colour = Colours.brightness(range.part(value[map * area + i]));
        tiles.set(map, i % shape.width(), i / shape.width(), colour);
      }
    }
    BufferedImage maps = tiles.image();
    writeFigure(node, shown, maps, Pictures.scale(maps, shape.width(), MAP_WIDTH));
  }

  private void writeVector(Node node, float[] value) {
    int shown = Math.min(MOST_FEATURES, value.length);
    Range range = Range.of(value);
    Tiles tiles = new Tiles(shown, FEATURE_COLUMNS, 1, 1);
    for (int i = 0; i < shown; i++) {
      tiles.set(i, 0, 0, Colours.brightness(range.part(value[i])));
    }
    writeFigure(node, shown, tiles.image(), shown > FEW_FEATURES ? 7 : 14);
  }

  private void writeFigure(Node node, int shown, BufferedImage image, int scale) {
    TensorShape shape = node.output().shape();
    String first = shown < shape.channels() ? ", the first " + shown : "";
    out.open("figure");
    out.element("figcaption", node.name() + " " + shape + first);
    Pictures.write(out, image, scale, "values of " + node.name());
    out.close();
  }

  private void writeAnswer(float[] scores) {
    out.open("ol", "class", "answer");
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      order.add(i);
    }
    order.sort((a, b) -> Float.compare(scores[b], scores[a]));
    for (int i : order.subList(0, Math.min(EXAMPLES, order.size()))) {
      out.element("li", facts.outcomes().classes().get(i) + ", " + Quantities.percent(scores[i]));
    }
    out.close();
  }
}
