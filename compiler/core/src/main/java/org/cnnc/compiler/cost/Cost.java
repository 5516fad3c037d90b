package org.cnnc.compiler.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A number of bytes that a model costs, and what it is made of.
 *
 * @param resource what the bytes are
 * @param bytes how many
 * @param lowerBound what they can never be below, for layers computed in this order; absent where
 *     nothing is known
 * @param byLayer the bytes by the layer they are there for, the costliest first; their sum is
 *     {@code bytes}
 */
public record Cost(
    Resource resource, long bytes, OptionalLong lowerBound, Map<String, Long> byLayer) {
  public Cost {
    Map<String, Long> sorted = new LinkedHashMap<>();
    byLayer.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    byLayer = Collections.unmodifiableMap(sorted);
  }

  /** What can be limited. */
  public enum Resource {
    /** Memory of a training step beside the parameters, with one thread. */
    TRAINING_ARENA("training arena"),
    /** Memory of a prediction beside the parameters: what each call at the same time takes. */
    PREDICTION_ARENA("prediction arena"),
    /** The class files of the programs; the class that an app names is source, and not in it. */
    CLASSES("class files");

    private final String text;

    Resource(String text) {
      this.text = text;
    }

    /** As in messages. */
    public String text() {
      return text;
    }
  }
}
