package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/**
 * Reads a safetensors file with {@code images} [n, C, H, W] and {@code labels} [n] of any numeric
 * type. Images of type U8 are pixels and get preprocessed, others are taken as they are.
 */
final class TensorDatasetReader {
  private final InputInfo input;
  private final int classes;

  TensorDatasetReader(InputInfo input, int classes) {
    this.input = input;
    this.classes = classes;
  }

  Dataset read(Path file) throws IOException {
    Safetensors content = Safetensors.read(file);
    Tensor images = tensor(file, content, "images");
    Tensor labels = tensor(file, content, "labels");
    List<Integer> dims = images.dims();
    List<Integer> expected = List.of(input.channels(), input.height(), input.width());
    if (dims.size() != 4 || !dims.subList(1, 4).equals(expected) || dims.get(0) == 0) {
      throw new DataException(
          file,
          "tensor \"images\": expected shape [n, C, H, W] with [C, H, W] = "
              + expected
              + ", found "
              + dims);
    }
    if (!labels.dims().equals(dims.subList(0, 1))) {
      throw new DataException(
          file,
          "tensor \"labels\": expected shape " + dims.subList(0, 1) + ", found " + labels.dims());
    }
    String description = file.getFileName() + ", " + dims.get(0) + " images";
    int[] numbers = classNumbers(file, labels.values());
    return images.type() == Tensor.ElementType.U8
        ? MemoryDataset.ofPixels(description, List.of(), pixels(images.values()), numbers)
        : MemoryDataset.ofFloats(description, images.values(), numbers);
  }

  private static Tensor tensor(Path file, Safetensors content, String name) throws DataException {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null) {
      throw new DataException(
          file, "expected a tensor \"" + name + "\", found " + content.tensors().keySet());
    }
    return tensor;
  }

  private int[] classNumbers(Path file, float[] labels) throws DataException {
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = (int) labels[i];
      if (numbers[i] != labels[i] || numbers[i] < 0 || numbers[i] >= classes) {
        throw new DataException(
            file,
            "tensor \"labels\", element "
                + i
                + ": expected a class from 0 to "
                + (classes - 1)
                + ", found "
                + labels[i]);
      }
    }
    return numbers;
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
