package org.cnnc.compiler.graph;

import java.util.List;

/** A named output; {@code labels} is empty where the text gives none. */
public record OutputSpec(String name, Value value, List<String> labels) {
  public OutputSpec {
    labels = List.copyOf(labels);
  }
}
