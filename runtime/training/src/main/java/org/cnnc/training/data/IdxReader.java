package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.training.picture.Compression;

/**
 * Reads pairs of IDX files, as MNIST has them: {@code X-images-idx3-ubyte} and {@code
 * X-labels-idx1-ubyte}, plain or with {@code .gz}. Grey images of another size than the input's are
 * resized; an input of three channels gets the grey three times.
 */
final class IdxReader {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;
  private static final int MAX_SIDE = 1 << 13;
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final String ZIPPED = ".gz";

  private final InputInfo input;
  private final int classes;

  /**
   * A reader for a network.
   *
   * @param classes labels are below it
   */
  IdxReader(InputInfo input, int classes) {
    this.input = input;
    this.classes = classes;
  }

  /** Whether a file's name says that it holds images. */
  static boolean isImagesFile(Path file) {
    String name = unzippedName(file);
    return name.endsWith(IMAGES);
  }

  /** What precedes {@code -images-idx3-ubyte} in the name. */
  static String prefix(Path imagesFile) {
    String name = unzippedName(imagesFile);
    return name.substring(0, name.length() - IMAGES.length());
  }

  private static String unzippedName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ZIPPED) ? name.substring(0, name.length() - ZIPPED.length()) : name;
  }

  /** Reads images and the labels beside them. */
  Dataset read(Path imagesFile) throws IOException {
    Path labelsFile = labelsFile(imagesFile);
    byte[][] images = readImages(imagesFile);
    int[] labels = readLabels(labelsFile, images.length);
    String description = prefix(imagesFile) + ", " + images.length + " images";
    return MemoryDataset.ofPixels(description, List.of(), images, labels);
  }

  private static Path labelsFile(Path imagesFile) throws IOException {
    String name = prefix(imagesFile) + LABELS;
    Path plain = imagesFile.resolveSibling(name);
    Path zipped = imagesFile.resolveSibling(name + ZIPPED);
    if (!Files.exists(plain) && !Files.exists(zipped)) {
      throw new DataException(plain, "expected the labels of " + imagesFile.getFileName());
    }
    return Files.exists(plain) ? plain : zipped;
  }

  private byte[][] readImages(Path file) throws IOException {
    try (IdxStream in = new IdxStream(file)) {
      in.expectMagic(IMAGES_MAGIC, "IDX images");
      int count = in.number("number of images", Integer.MAX_VALUE);
      int height = in.number("height", MAX_SIDE);
      int width = in.number("width", MAX_SIDE);
      in.expectRest((long) count * height * width);
      // Grows with what is there: a header alone cannot make us allocate.
      List<byte[]> images = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        images.add(fit(in.bytes(height * width), width, height));
      }
      in.expectEnd();
      return images.toArray(new byte[0][]);
    }
  }

  private byte[] fit(byte[] grey, int width, int height) {
    if (input.channels() == 1 && input.width() == width && input.height() == height) {
      return grey;
    }
    int[] argb = new int[grey.length];
    for (int i = 0; i < grey.length; i++) {
      argb[i] = (grey[i] & 0xff) * 0x10101;
    }
    byte[] pixels = new byte[input.elements()];
    new PixelPreprocessing(input).resize(argb, width, height, pixels, 0);
    return pixels;
  }

  private int[] readLabels(Path file, int images) throws IOException {
    try (IdxStream in = new IdxStream(file)) {
      in.expectMagic(LABELS_MAGIC, "IDX labels");
      int count = in.number("number of labels", Integer.MAX_VALUE);
      if (count != images) {
        throw new DataException(
            file, 4, "expected " + images + " labels, as many as images, found " + count);
      }
      in.expectRest(count);
      byte[] bytes = in.bytes(count);
      in.expectEnd();
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xff;
        if (labels[i] >= classes) {
          throw new DataException(
              file, 8L + i, "expected a label from 0 to " + (classes - 1) + ", found " + labels[i]);
        }
      }
      return labels;
    }
  }

  /** The bytes of an IDX file, unzipped where needed, with the place for messages. */
  private static final class IdxStream implements AutoCloseable {
    private final Path file;
    private final boolean zipped;
    private final InputStream in;
    private long offset;

    IdxStream(Path file) throws IOException {
      this.file = file;
      this.zipped = file.toString().endsWith(ZIPPED);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new DataException(file, "expected an IDX file, this is no regular file");
      }
      InputStream raw = Files.newInputStream(file);
      try {
        this.in = new BufferedInputStream(zipped ? new GZIPInputStream(raw) : raw);
      } catch (ZipException | EOFException e) {
        raw.close();
        throw new DataException(file, "expected a gzip file: " + e.getMessage(), e);
      }
    }

    void expectMagic(int magic, String what) throws IOException {
      int found = fourBytes();
      if (found != magic) {
        throw new DataException(
            file, 0, String.format("expected %s (magic 0x%08x), found 0x%08x", what, magic, found));
      }
    }

    int number(String what, int most) throws IOException {
      int number = fourBytes();
      if (number < 1 || number > most) {
        throw new DataException(
            file,
            offset - 4,
            "expected a "
                + what
                + " from 1 to "
                + most
                + ", found "
                + Integer.toUnsignedString(number));
      }
      return number;
    }

    /** Of a zipped file nobody knows the size before it is read, only how much it can be. */
    void expectRest(long bytes) throws IOException {
      long size = Files.size(file);
      if (zipped && offset + bytes > Compression.DEFLATE.mostBits(size) / Byte.SIZE) {
        throw new DataException(
            file, 4, "expected " + bytes + " bytes to follow, " + size + " zipped ones hold less");
      }
      if (!zipped && size != offset + bytes) {
        throw new DataException(
            file,
            Math.min(size, offset + bytes),
            "expected a file of " + (offset + bytes) + " bytes, found " + size);
      }
      Memory.expectRoomFor(file, bytes);
    }

    void expectEnd() throws IOException {
      if (next(1).length != 0) {
        throw new DataException(file, offset - 1, "expected the end of the file");
      }
    }

    byte[] bytes(int count) throws IOException {
      byte[] bytes = next(count);
      if (bytes.length != count) {
        throw new DataException(
            file, offset, "expected " + (count - bytes.length) + " more bytes, the file ends");
      }
      return bytes;
    }

    private int fourBytes() throws IOException {
      byte[] b = bytes(4);
      return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
    }

    private byte[] next(int most) throws IOException {
      try {
        byte[] bytes = in.readNBytes(most);
        offset += bytes.length;
        return bytes;
      } catch (ZipException | EOFException e) {
        throw new DataException(file, offset, "broken gzip data: " + e.getMessage());
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
