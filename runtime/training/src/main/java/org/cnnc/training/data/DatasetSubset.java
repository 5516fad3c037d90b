package org.cnnc.training.data;

import java.util.List;

/** Some images of another data set. */
final class DatasetSubset implements Dataset {
  private final Dataset all;
  private final int[] images;
  private final String description;

  DatasetSubset(Dataset all, int[] images, String description) {
    this.all = all;
    this.images = images;
    this.description = description;
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public List<String> classes() {
    return all.classes();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isOnDisk() {
    return all.isOnDisk();
  }

  @Override
  public int label(int image) {
    return all.label(images[image]);
  }

  @Override
  public void read(int image, ImageSink sink) {
    all.read(images[image], sink);
  }
}
