package org.cnnc.compiler.drawing;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.drawing.Sketch.Layer;

/** What drawings say of a layer. */
final class LayerTexts {
  private LayerTexts() {}

  /** Name, window, shape and theta, each where there is one. */
  static List<String> lines(Layer layer) {
    List<String> lines = new ArrayList<>();
    lines.add(layer.name());
    addIfAny(lines, layer.windowText());
    lines.add(layer.shapeText());
    addIfAny(lines, layer.thetaText());
    return lines;
  }

  private static void addIfAny(List<String> lines, String text) {
    if (!text.isEmpty()) {
      lines.add(text);
    }
  }

  /** All in one line: {@code conv1: conv(out=16, ...) gives 16 × 32 × 32, θ1 448 parameters}. */
  static String sentence(Layer layer) {
    String attributes = layer.attributes().isEmpty() ? "" : "(" + layer.attributes() + ")";
    String learns = layer.theta() == 0 ? "no parameters" : layer.thetaText() + " parameters";
    return layer.name()
        + ": "
        + layer.kind()
        + attributes
        + " gives "
        + layer.shapeText()
        + ", "
        + learns;
  }
}
