package org.cnnc.training.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a network's input size, each with the number of its class. Immutable, shared by
 * threads; reading an image allocates nothing.
 */
public interface Dataset {
  /** Number of images. */
  int size();

  /** Names of the classes by number; empty if the data do not name them. */
  List<String> classes();

  /** What the data are, for the metadata of weights; the same for the same data. */
  String description();

  /** Whether its images are read from a disk, so that it is worthwhile to read them ahead. */
  default boolean isOnDisk() {
    return false;
  }

  /** The class of an image. */
  int label(int image);

  /** How many classes there are images of. */
  default int classesFound() {
    return (int) IntStream.range(0, size()).map(this::label).distinct().count();
  }

  /** Hands an image to {@code sink}. */
  void read(int image, ImageSink sink);

  /** The images with these numbers, in this order. */
  default Dataset subset(int[] images, String what) {
    return new DatasetSubset(this, images.clone(), description() + ", " + what);
  }
}
