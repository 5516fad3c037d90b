package org.cnnc.compiler.drawing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.compiler.drawing.Layout.Place;
import org.cnnc.compiler.drawing.Sketch.Layer;

/**
 * Draws a network as the lecture does: tensors are blocks with depth, height and width, vectors are
 * columns of nodes; below each stand its layers, its shape and its theta, above them the stages
 * that the text names. Colours follow the reader's light or dark scheme.
 */
final class SvgDrawing {
  private static final double MARGIN = 24;
  private static final double TITLE = 46;
  private static final double STAGE = 40;
  private static final double CAPTION = 84;
  private static final double ROW_GAP = 22;
  private static final double LINE = 16;

  private final Sketch sketch;
  private final Layout layout;
  private final BodyDrawing bodies;
  private final MarkupWriter out = new MarkupWriter();

  SvgDrawing(Sketch sketch) {
    this.sketch = sketch;
    this.layout = Layout.of(Block.of(sketch));
    this.bodies = new BodyDrawing(out);
  }

  String draw() {
    double width = layout.width() + 2 * MARGIN;
    double height = MARGIN + TITLE + layout.rows() * rowHeight() - ROW_GAP + MARGIN / 2;
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "net",
        "role",
        "img",
        "aria-label",
        "The network " + sketch.name(),
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + MarkupWriter.number(width) + " " + MarkupWriter.number(height));
    // Two hyphens may not stand in a comment.
    out.markup("<!-- ").text(sketch.origin().replace("--", "- -")).markup(" -->\n");
    out.open("style").markup("\n" + style()).close();
    out.empty("rect", "class", "paper", "width", "100%", "height", "100%", "rx", 12);
    drawTitle();
    drawStages();
    drawArrows();
    for (Place place : layout.places()) {
      drawBlock(place);
    }
    return out.close().toString();
  }

  private static String style() {
    try (InputStream css = SvgDrawing.class.getResourceAsStream("drawing.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double rowHeight() {
    return STAGE + layout.bodyHeight() + CAPTION + ROW_GAP;
  }

  private double rowTop(int row) {
    return MARGIN + TITLE + row * rowHeight();
  }

  /** Height of the arrows of a row, and of the middles of its bodies. */
  private double axis(int row) {
    return rowTop(row) + STAGE + layout.bodyHeight() / 2;
  }

  private void drawTitle() {
    out.element("text", sketch.name(), "class", "title", "x", MARGIN, "y", MARGIN + 16);
    String totals =
        Sketch.count(sketch.parameters())
            + " parameters, "
            + Sketch.count(sketch.multiplyAdds())
            + " multiply-adds for an image";
    out.element("text", totals, "class", "quiet", "x", MARGIN, "y", MARGIN + 36);
  }

  /** A bracket over each run of blocks of one stage in a row. */
  private void drawStages() {
    List<Place> places = layout.places();
    int first = 0;
    for (int i = 1; i <= places.size(); i++) {
      boolean ends =
          i == places.size()
              || !places.get(i).block().stage().equals(places.get(first).block().stage())
              || places.get(i).row() != places.get(first).row();
      if (ends) {
        drawStage(places.get(first), places.get(i - 1));
        first = i;
      }
    }
  }

  private void drawStage(Place first, Place last) {
    Optional<Integer> stage = first.block().stage();
    if (stage.isEmpty()) {
      return;
    }
    double left = MARGIN + first.cellLeft() + 6;
    double right = MARGIN + last.cellRight() - 6;
    double y = rowTop(first.row()) + 22;
    out.empty(
        "path", "class", "bracket", "d", path("M", left, y + 7, "V", y, "H", right, "V", y + 7));
    out.element(
        "text",
        sketch.stages().get(stage.get()),
        "class",
        "stage",
        "x",
        (left + right) / 2,
        "y",
        y - 7);
  }

  private void drawArrows() {
    List<Place> places = layout.places();
    for (int to = 0; to < places.size(); to++) {
      for (int from : places.get(to).block().inputs()) {
        drawArrow(places.get(from), places.get(to), to - from == 1);
      }
    }
  }

  private void drawArrow(Place from, Place to, boolean neighbours) {
    double startX = MARGIN + from.right() + 3;
    double endX = MARGIN + to.left() - 4;
    double startY = axis(from.row());
    double endY = axis(to.row());
    String line;
    if (from.row() != to.row()) {
      double between = rowTop(to.row()) - ROW_GAP / 2;
      double outside = MARGIN + layout.width() + 6;
      line =
          path("M", startX, startY, "H", outside, "V", between, "H", MARGIN - 10, "V", endY)
              + path(" H", endX);
    } else if (neighbours) {
      line = path("M", startX, startY, "H", endX);
    } else { // over the heads of those between
      double peak = rowTop(to.row()) + STAGE - 6;
      double handle = endY - (endY - peak) * 4 / 3; // a curve goes three quarters of the way
      line = path("M", startX, startY, "C", startX + 30, handle, endX - 30, handle, endX, endY);
    }
    out.empty("path", "class", "arrow", "d", line);
    out.empty("path", "class", "tip", "d", path("M", endX + 1, endY, "l", -7, -4, "v", 8) + " Z");
  }

  private void drawBlock(Place place) {
    Block block = place.block();
    String family = block.first().family().name().toLowerCase(Locale.ROOT);
    out.open("g", "class", "block " + family);
    List<String> sentences = new ArrayList<>();
    for (Layer layer : block.layers()) {
      sentences.add(LayerTexts.sentence(layer));
    }
    out.element("title", String.join("\n", sentences));
    double axis = axis(place.row());
    bodies.draw(block, place.body(), MARGIN + place.left(), axis);
    double y = rowTop(place.row()) + STAGE + layout.bodyHeight() + 28;
    List<String> caption = block.caption();
    String[] classes = {"name", "quiet", "shape", block.first().theta() > 0 ? "theta" : "quiet"};
    for (int i = 0; i < caption.size(); i++) {
      if (!caption.get(i).isEmpty()) {
        out.element(
            "text", caption.get(i), "class", classes[i], "x", MARGIN + place.center(), "y", y);
        y += LINE;
      }
    }
    out.close();
  }

  /** Commands and numbers of a path. */
  static String path(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      String word = part instanceof Number n ? MarkupWriter.number(n.doubleValue()) : part + "";
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
    return text.toString();
  }
}
