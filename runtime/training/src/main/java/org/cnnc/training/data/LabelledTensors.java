package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Tensor.ElementType;

/**
 * An open safetensors file with {@code images} [n, C, H, W], n at least one, and {@code labels} [n]
 * of any numeric type. The labels are in memory; images are read one after the other.
 */
final class LabelledTensors implements AutoCloseable {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";

  /** Its bytes have to fit into an array. */
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

  private final Path path;
  private final SafetensorsFile file;
  private final int[] labels;

  private LabelledTensors(Path path, SafetensorsFile file, int[] labels) {
    this.path = path;
    this.file = file;
    this.labels = labels;
  }

  /** Whether a file has a name as those that are read here. */
  static boolean isNamed(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  /**
   * Opens a file, and reads its labels.
   *
   * @param input that the images have to have the form of; without it, any will do
   * @param classes how many there are at most
   * @throws DataException if the tensors are not what they should be
   */
  static LabelledTensors open(Path path, Optional<InputInfo> input, int classes)
      throws IOException {
    SafetensorsFile file = SafetensorsFile.open(path);
    try {
      return new LabelledTensors(path, file, readLabels(path, file, input, classes));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static int[] readLabels(
      Path path, SafetensorsFile file, Optional<InputInfo> input, int classes) throws IOException {
    List<Integer> images = dims(path, file, IMAGES);
    List<Integer> labels = dims(path, file, LABELS);
    expectForm(path, images, input);
    List<Integer> number = images.subList(0, 1);
    if (!labels.equals(number)) {
      throw problem(path, LABELS, ": expected shape " + number + ", found " + labels);
    }
    // The labels are in memory at once, as they are read and as numbers; of the images, one is.
    long image = images.subList(1, 4).stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b);
    if (image > MOST_ELEMENTS) {
      throw problem(
          path, IMAGES, ": expected images of at most " + MOST_ELEMENTS + " numbers: " + images);
    }
    Memory.expectRoomFor(
        path, (long) number.get(0) * (Float.BYTES + Integer.BYTES) + image * Float.BYTES, "");
    float[] values = new float[number.get(0)];
    file.read(LABELS, 0, values);
    return classNumbers(path, values, classes);
  }

  private static void expectForm(Path path, List<Integer> dims, Optional<InputInfo> input)
      throws DataException {
    Optional<List<Integer>> expected =
        input.map(form -> List.of(form.channels(), form.height(), form.width()));
    boolean fits =
        dims.size() == 4
            && dims.stream().allMatch(size -> size > 0)
            && expected.map(dims.subList(1, dims.size())::equals).orElse(true);
    if (!fits) {
      throw problem(
          path,
          IMAGES,
          ": expected shape [n, C, H, W]"
              + expected.map(form -> " with [C, H, W] = " + form).orElse("")
              + ", found "
              + dims);
    }
  }

  private static List<Integer> dims(Path path, SafetensorsFile file, String name)
      throws DataException {
    if (!file.names().contains(name)) {
      throw new DataException(path, "expected a tensor \"" + name + "\", found " + file.names());
    }
    return file.dims(name);
  }

  private static int[] classNumbers(Path path, float[] labels, int classes) throws DataException {
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = (int) labels[i];
      if (numbers[i] != labels[i] || numbers[i] < 0 || numbers[i] >= classes) {
        throw problem(
            path,
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

  private static DataException problem(Path path, String tensor, String problem) {
    return new DataException(path, "tensor \"" + tensor + "\"" + problem);
  }

  /** The classes, one an image; not copied. */
  int[] labels() {
    return labels;
  }

  /** How many images there are. */
  int size() {
    return labels.length;
  }

  /** Whether the images are pixels, to be preprocessed; others are taken as they are. */
  boolean arePixels() {
    return file.type(IMAGES) == ElementType.U8;
  }

  /** Sizes of an image: [C, H, W]. */
  private List<Integer> shape() {
    return file.dims(IMAGES).subList(1, 4);
  }

  /** Numbers of an image. */
  int elements() {
    return shape().stream().reduce(1, Math::multiplyExact);
  }

  /** Reads an image into an array of its size. */
  void read(int image, float[] values) throws IOException {
    file.read(IMAGES, (long) image * values.length, values);
  }

  /** Hands over all images. */
  void visit(DataVisitor visitor) throws IOException {
    for (int i = 0; i < size(); i++) {
      float[] values = new float[elements()];
      read(i, values);
      TensorImage image = new TensorImage(path, i, file.type(IMAGES), shape(), values);
      int broken = image.notFinite();
      if (broken > 0) {
        visitor.broken(
            new DataException(
                path,
                "image " + i + ": " + broken + " of " + elements() + " numbers are not finite"));
      } else {
        visitor.image(image, labels[i]);
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
