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

  TensorDatasetReader(InputInfo input, int classes) {
    this.input = input;
    this.classes = classes;
  }

  Dataset read(Path file) throws IOException {
    LabelledTensors tensors = LabelledTensors.read(file, Optional.of(input), classes);
    String description = file.getFileName() + ", " + tensors.size() + " images";
    float[] values = tensors.images().values();
    return tensors.arePixels()
        ? MemoryDataset.ofPixels(description, List.of(), pixels(values), tensors.labels())
        : MemoryDataset.ofFloats(description, values, tensors.labels());
  }

  private byte[][] pixels(float[] values) {
    int elements = input.elements();
    byte[][] images = new byte[values.length / elements][elements];
    for (int i = 0; i < values.length; i++) {
      images[i / elements][i % elements] = (byte) values[i];
    }
    return images;
  }
}
