package org.cnnc.compiler.drawing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.NetworkGraph;

/** A format that networks are drawn in. */
public enum DrawingFormat {
  /** A picture for browsers and documents; follows the reader's light or dark scheme. */
  SVG("svg") {
    @Override
    public String draw(NetworkGraph network) {
      return new SvgDrawing(Sketch.of(network)).draw();
    }
  },
  /** The language of Graphviz. */
  DOT("dot gv") {
    @Override
    public String draw(NetworkGraph network) {
      return new DotDrawing(Sketch.of(network)).draw();
    }
  },
  /** The language of Mermaid, which many wikis and forges show as a picture. */
  MERMAID("mmd mermaid") {
    @Override
    public String draw(NetworkGraph network) {
      return new MermaidDrawing(Sketch.of(network)).draw();
    }
  };

  /** Endings of file names, parted by spaces. */
  private final String endings;

  DrawingFormat(String endings) {
    this.endings = endings;
  }

  /** Draws a network; the same text for the same network. */
  public abstract String draw(NetworkGraph network);

  /** Endings of file names, the usual one first, without the dot. */
  public List<String> endings() {
    return List.of(endings.split(" ", -1));
  }

  /** The format of files with this name. */
  public static Optional<DrawingFormat> ofFileName(String name) {
    return Arrays.stream(values())
        .filter(format -> format.endings().stream().anyMatch(ending -> name.endsWith("." + ending)))
        .findFirst();
  }
}
