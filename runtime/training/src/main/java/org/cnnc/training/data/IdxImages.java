package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pair of IDX files, as MNIST has them: {@code X-images-idx3-ubyte} and {@code
 * X-labels-idx1-ubyte}, plain or with {@code .gz}. The images are grey.
 */
final class IdxImages implements StoredData {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;
  private static final int MAX_SIDE = 1 << 13;
  private static final int MAX_CLASSES = 256;
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  private final DataFolder folder;
  private final DataFile imagesFile;
  private final int classes;

  /**
   * The images of a file, with the labels beside it.
   *
   * @param folder that the file lies in
   */
  IdxImages(DataFolder folder, DataFile imagesFile, ClassNumbering numbering) {
    this.folder = folder;
    this.imagesFile = imagesFile;
    this.classes = numbering.limit(MAX_CLASSES);
  }

  /** Whether a file's name says that it holds images. */
  static boolean isImagesFile(String name) {
    return unzippedName(name).endsWith(IMAGES);
  }

  /** What precedes {@code -images-idx3-ubyte} in the name. */
  static String prefix(String imagesFile) {
    String name = unzippedName(imagesFile);
    return name.substring(0, name.length() - IMAGES.length());
  }

  private static String unzippedName(String name) {
    return name.endsWith(IdxStream.ZIPPED)
        ? name.substring(0, name.length() - IdxStream.ZIPPED.length())
        : name;
  }

  @Override
  public Path path() {
    return imagesFile.path();
  }

  @Override
  public String name() {
    return prefix(imagesFile.name());
  }

  @Override
  public String unit() {
    return "images";
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  /** What a file says of its images, after its bytes were found to be enough for them. */
  private record Header(int count, int height, int width) {
    int bytes() {
      return height * width;
    }
  }

  private static Header header(IdxStream in) throws IOException {
    in.expectMagic(IMAGES_MAGIC, "IDX images");
    int count = in.number("number of images", Integer.MAX_VALUE);
    int height = in.number("height", MAX_SIDE);
    int width = in.number("width", MAX_SIDE);
    in.expectRest((long) count * height * width);
    return new Header(count, height, width);
  }

  @Override
  public long count() throws IOException {
    try (IdxStream in = new IdxStream(imagesFile)) {
      return header(in).count();
    }
  }

  @Override
  public void visit(DataVisitor visitor) throws IOException {
    DataFile labelsFile = labelsFile(folder, imagesFile);
    try (IdxStream in = new IdxStream(imagesFile)) {
      Header header = header(in);
      // The labels are in memory at once, as bytes and as numbers; of the images, one is.
      Memory.expectRoomFor(
          imagesFile.path(), (long) header.count() * (1 + Integer.BYTES) + header.bytes(), "");
      int[] labels = readLabels(labelsFile, header.count());
      for (int i = 0; i < header.count(); i++) {
        byte[] grey = in.bytes(header.bytes());
        visitor.image(
            new PlanarImage(imagesFile.path(), i, "IDX", grey, header.width(), header.height()),
            labels[i]);
      }
      in.expectEnd();
    }
  }

  /** The labels beside a file of images. */
  static DataFile labelsFile(DataFolder folder, DataFile imagesFile) throws IOException {
    String name = prefix(imagesFile.name()) + LABELS;
    Optional<DataFile> plain = folder.file(name);
    Optional<DataFile> found = plain.isPresent() ? plain : folder.file(name + IdxStream.ZIPPED);
    if (found.isEmpty()) {
      throw new DataException(
          imagesFile.path().resolveSibling(name), "expected the labels of " + imagesFile.name());
    }
    return found.get();
  }

  private int[] readLabels(DataFile file, int images) throws IOException {
    try (IdxStream in = new IdxStream(file)) {
      in.expectMagic(LABELS_MAGIC, "IDX labels");
      int count = in.number("number of labels", Integer.MAX_VALUE);
      if (count != images) {
        throw new DataException(
            file.path(), 4, "expected " + images + " labels, as many as images, found " + count);
      }
      in.expectRest(count);
      byte[] bytes = in.bytes(count);
      in.expectEnd();
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xff;
        if (labels[i] >= classes) {
          throw new DataException(
              file.path(),
              8L + i,
              "expected a label from 0 to " + (classes - 1) + ", found " + labels[i]);
        }
      }
      return labels;
    }
  }
}
