package org.cnnc.compiler.drawing;

import java.util.List;
import java.util.Map;
import org.cnnc.compiler.drawing.Sketch.Family;
import org.cnnc.compiler.drawing.Sketch.Layer;

/** Draws in the language of Graphviz: a box for each layer, a frame for each stage. */
final class DotDrawing {
  private static final Map<Family, String> COLOURS =
      Map.of(
          Family.INPUT, "#e2e8f0",
          Family.CONVOLUTION, "#fde68a",
          Family.POOLING, "#fecdd3",
          Family.FLATTEN, "#ddd6fe",
          Family.FULLY_CONNECTED, "#a7f3d0",
          Family.ACTIVATION, "#fed7aa",
          Family.FUNCTION, "#bae6fd");

  private final Sketch sketch;
  private final StringBuilder out = new StringBuilder();

  DotDrawing(Sketch sketch) {
    this.sketch = sketch;
  }

  String draw() {
    line("// " + sketch.origin().replaceAll("\\R", " "));
    line("digraph " + quoted(sketch.name()) + " {");
    line("  rankdir = LR;");
    line("  node [shape = box, style = \"rounded,filled\", fontname = \"Helvetica\"];");
    line("  graph [fontname = \"Helvetica\", style = rounded, color = \"#94a3b8\"];");
    for (Layer layer : sketch.layers()) {
      if (layer.stage().isEmpty()) {
        line("  " + box(layer));
      }
    }
    int number = 0;
    for (Map.Entry<String, List<Layer>> stage : sketch.layersByStage().entrySet()) {
      line("  subgraph cluster_" + number++ + " {");
      line("    label = " + quoted(stage.getKey()) + ";");
      stage.getValue().forEach(layer -> line("    " + box(layer)));
      line("  }");
    }
    for (Layer layer : sketch.layers()) {
      for (int input : layer.inputs()) {
        String from = sketch.layers().get(input).name();
        line("  " + quoted(from) + " -> " + quoted(layer.name()) + ";");
      }
    }
    line("}");
    return out.toString();
  }

  private static String box(Layer layer) {
    return quoted(layer.name())
        + " [label = "
        + quoted(String.join("\n", LayerTexts.lines(layer)))
        + ", fillcolor = \""
        + COLOURS.get(layer.family())
        + "\"];";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
