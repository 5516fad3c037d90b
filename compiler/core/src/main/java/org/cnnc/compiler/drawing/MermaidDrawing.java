package org.cnnc.compiler.drawing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnc.compiler.drawing.Sketch.Family;
import org.cnnc.compiler.drawing.Sketch.Layer;

/** Draws in the language of Mermaid: a box for each layer, a frame for each stage. */
final class MermaidDrawing {
  /** Fill and border by family; dark text is legible on each, on light and dark pages. */
  private static final List<Map.Entry<Family, String>> COLOURS =
      List.of(
          Map.entry(Family.INPUT, "fill:#e2e8f0,stroke:#64748b"),
          Map.entry(Family.CONVOLUTION, "fill:#fde68a,stroke:#d97706"),
          Map.entry(Family.POOLING, "fill:#fecdd3,stroke:#e11d48"),
          Map.entry(Family.FLATTEN, "fill:#ddd6fe,stroke:#7c3aed"),
          Map.entry(Family.FULLY_CONNECTED, "fill:#a7f3d0,stroke:#059669"),
          Map.entry(Family.ACTIVATION, "fill:#fed7aa,stroke:#ea580c"),
          Map.entry(Family.FUNCTION, "fill:#bae6fd,stroke:#0284c7"));

  private final Sketch sketch;
  private final StringBuilder out = new StringBuilder();

  MermaidDrawing(Sketch sketch) {
    this.sketch = sketch;
  }

  String draw() {
    line("%% " + sketch.origin().replaceAll("\\R", " "));
    line("flowchart LR");
    for (Layer layer : sketch.layers()) {
      if (layer.stage().isEmpty()) {
        line("  " + box(layer));
      }
    }
    int number = 0;
    for (Map.Entry<String, List<Layer>> stage : sketch.layersByStage().entrySet()) {
      line("  subgraph stage" + number++ + "[\"" + stage.getKey() + "\"]");
      stage.getValue().forEach(layer -> line("    " + box(layer)));
      line("  end");
    }
    for (Layer layer : sketch.layers()) {
      for (int input : layer.inputs()) {
        line("  " + id(sketch.layers().get(input)) + " --> " + id(layer));
      }
    }
    for (Map.Entry<Family, String> colour : COLOURS) {
      line("  classDef " + className(colour.getKey()) + " " + colour.getValue() + ",color:#0f172a");
    }
    return out.toString();
  }

  /** Names are identifiers, so they need no quoting; an id like {@code end} would be a keyword. */
  private static String id(Layer layer) {
    return "layer_" + layer.name();
  }

  private static String box(Layer layer) {
    return id(layer)
        + "[\""
        + String.join("<br/>", LayerTexts.lines(layer))
        + "\"]:::"
        + className(layer.family());
  }

  private static String className(Family family) {
    return family.name().toLowerCase(Locale.ROOT);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
