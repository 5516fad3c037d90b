package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says where weights come from and how good they are, as far as their metadata know. */
final class Provenance {
  private final Map<String, String> metadata;

  private Provenance(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /** Lines for people; none when nothing is known. */
  static List<String> of(Map<String, String> metadata) {
    Provenance provenance = new Provenance(metadata);
    List<String> lines = new ArrayList<>();
    if (provenance.has("cnnc.validation.accuracy")) {
      lines.add(
          "Accuracy "
              + provenance.text("cnnc.validation.accuracy")
              + ", mean loss "
              + provenance.text("cnnc.validation.loss")
              + " on validation data: "
              + provenance.text("cnnc.validation")
              + ".");
    }
    if (provenance.has("cnnc.data")) {
      lines.add("Trained on: " + provenance.text("cnnc.data") + ",");
      lines.add(
          "seed "
              + provenance.text("cnnc.seed")
              + ", batch "
              + provenance.text("cnnc.batch")
              + ", rate "
              + provenance.text("cnnc.rate")
              + ", weights of epoch "
              + provenance.text("cnnc.epoch")
              + ", by cnnc "
              + provenance.text("cnnc.version")
              + ".");
    }
    if (provenance.has("cnnc.taught")) {
      lines.add("Taught afterwards: " + provenance.text("cnnc.taught") + ".");
    }
    return lines;
  }

  private boolean has(String key) {
    return metadata.containsKey(key);
  }

  /** A line's worth, whatever the file says. */
  private String text(String key) {
    return metadata.getOrDefault(key, "unknown").replaceAll("\\p{Cntrl}+", " ");
  }
}
