package org.cnnc.compiler.graph;

import java.util.List;

/**
 * The image the network takes, and how pixels (0 to 255) become its values: {@code (x * scale -
 * mean) / std}, by channel.
 */
public record InputSpec(Value value, float scale, List<Float> mean, List<Float> std) {
  public InputSpec {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
