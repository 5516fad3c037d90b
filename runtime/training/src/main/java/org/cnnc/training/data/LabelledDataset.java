package org.cnnc.training.data;

import java.util.List;

/** A data set that says what it is, and has its classes in memory, wherever its images are. */
abstract class LabelledDataset implements Dataset {
  private final String description;
  private final List<String> classes;
  private final int[] labels;

  /**
   * A data set.
   *
   * @param labels one an image; not copied
   */
  LabelledDataset(String description, List<String> classes, int[] labels) {
    this.description = description;
    this.classes = List.copyOf(classes);
    this.labels = labels;
  }

  @Override
  public final int size() {
    return labels.length;
  }

  @Override
  public final List<String> classes() {
    return classes;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final int label(int image) {
    return labels[image];
  }
}
