package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/** Reads labelled tensors for a network: pixels get preprocessed, others are taken as they are. */
final class TensorDatasetReader {
  private final InputInfo input;
  private final int classes;
  private final ImageStore store;

  /**
   * A reader.
   *
   * @param store keeps the images
   */
  TensorDatasetReader(InputInfo input, int classes, ImageStore store) {
    this.input = input;
    this.classes = classes;
    this.store = store;
  }

  Dataset read(Path file) throws IOException {
    try (LabelledTensors tensors = LabelledTensors.open(file, Optional.of(input), classes)) {
      return tensors.arePixels()
          ? read(
              file,
              tensors,
              store.keep(file, tensors.size(), tensors.elements()),
              TensorDatasetReader::pixels)
          : read(
              file,
              tensors,
              store.keepFloats(file, tensors.size(), tensors.elements()),
              float[]::clone);
    }
  }

  /** Makes an image of its numbers, which are overwritten by the next one's. */
  private interface ImageOfNumbers<A> {
    A of(float[] values);
  }

  private static <A> Dataset read(
      Path file, LabelledTensors tensors, KeptImages<A> kept, ImageOfNumbers<A> image)
      throws IOException {
    try {
      float[] values = new float[tensors.elements()];
      for (int i = 0; i < tensors.size(); i++) {
        tensors.read(i, values);
        kept.add(image.of(values));
      }
      String description = file.getFileName() + ", " + tensors.size() + " images";
      return kept.dataset(description, List.of(), tensors.labels());
    } catch (IOException | RuntimeException e) {
      kept.discard();
      throw e;
    }
  }

  private static byte[] pixels(float[] values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return pixels;
  }
}
