package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/**
 * The content of a safetensors file with {@code images} [n, C, H, W] and {@code labels} [n] of any
 * numeric type.
 *
 * @param images at least one
 * @param labels class numbers; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record LabelledTensors(Path file, Tensor images, int[] labels) {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";

  /** Whether a file has a name as those that are read here. */
  static boolean isNamed(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  /**
   * Reads a file.
   *
   * @param input that the images have to have the form of; without it, any will do
   * @param classes how many there are at most
   * @throws DataException if the tensors are not what they should be
   */
  static LabelledTensors read(Path file, Optional<InputInfo> input, int classes)
      throws IOException {
    Safetensors content = Safetensors.read(file);
    Tensor images = tensor(file, content, IMAGES);
    Tensor labels = tensor(file, content, LABELS);
    expectForm(file, images.dims(), input);
    List<Integer> number = images.dims().subList(0, 1);
    if (!labels.dims().equals(number)) {
      throw problem(file, LABELS, ": expected shape " + number + ", found " + labels.dims());
    }
    return new LabelledTensors(file, images, classNumbers(file, labels.values(), classes));
  }

  private static void expectForm(Path file, List<Integer> dims, Optional<InputInfo> input)
      throws DataException {
    Optional<List<Integer>> expected =
        input.map(form -> List.of(form.channels(), form.height(), form.width()));
    boolean fits =
        dims.size() == 4
            && dims.stream().allMatch(size -> size > 0)
            && expected.map(dims.subList(1, dims.size())::equals).orElse(true);
    if (!fits) {
      throw problem(
          file,
          IMAGES,
          ": expected shape [n, C, H, W]"
              + expected.map(form -> " with [C, H, W] = " + form).orElse("")
              + ", found "
              + dims);
    }
  }

  private static Tensor tensor(Path file, Safetensors content, String name) throws DataException {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null) {
      throw new DataException(
          file, "expected a tensor \"" + name + "\", found " + content.tensors().keySet());
    }
    return tensor;
  }

  private static int[] classNumbers(Path file, float[] labels, int classes) throws DataException {
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = (int) labels[i];
      if (numbers[i] != labels[i] || numbers[i] < 0 || numbers[i] >= classes) {
        throw problem(
            file,
            LABELS,
            ", element "
                + i
                + ": expected a class from 0 to "
                + (classes - 1)
                + ", found "
                + labels[i]);
      }
    }
    return numbers;
  }

  private static DataException problem(Path file, String tensor, String problem) {
    return new DataException(file, "tensor \"" + tensor + "\"" + problem);
  }

  /** How many images there are. */
  int size() {
    return labels.length;
  }

  /** Whether the images are pixels, to be preprocessed; others are taken as they are. */
  boolean arePixels() {
    return images.type() == Tensor.ElementType.U8;
  }

  /** Numbers of an image. */
  int elements() {
    return images.values().length / size();
  }

  /** Hands over all images. */
  void visit(DataVisitor visitor) throws IOException {
    for (int i = 0; i < size(); i++) {
      TensorImage image = new TensorImage(this, i);
      int broken = image.notFinite();
      if (broken > 0) {
        visitor.broken(
            new DataException(
                file,
                "image " + i + ": " + broken + " of " + elements() + " numbers are not finite"));
      } else {
        visitor.image(image, labels[i]);
      }
    }
  }
}
