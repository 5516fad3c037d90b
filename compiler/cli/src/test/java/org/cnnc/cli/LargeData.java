package org.cnnc.cli;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * The same images in any form that data can have: grey, 256 x 256, and together more than 64 MB.
 * Nearly all of their bytes are those of a few patterns, so that files of them are small where they
 * are zipped.
 */
enum LargeData {
  IDX,
  ZIPPED_IDX,
  CIFAR,
  PIXEL_TENSORS,
  FLOAT_TENSORS,
  CLASS_FOLDERS,
  ZIP,
  TAR,
  ZIPPED_TAR_OF_PICTURES,
  ZIPPED_TAR_OF_IDX;

  static final int SIDE = 256;
  private static final int IMAGES = 1040;
  private static final int ELEMENTS = SIDE * SIDE;
  private static final int CIFAR_PIXELS = 3 * 32 * 32;
  private static final int PATTERNS = 8;
  private static final int TAR_BLOCK = 512;

  /** How many images there are: of floats fewer, which have four bytes for each pixel. */
  int images() {
    return this == FLOAT_TENSORS ? IMAGES / 4 : IMAGES;
  }

  /** Bytes of an image, fitted to the network. */
  long imageBytes() {
    return (long) ELEMENTS * (this == FLOAT_TENSORS ? Float.BYTES : 1);
  }

  /** Writes the data into a folder; gives what a command is to read. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    return switch (this) {
      case IDX -> idx(folder, "");
      case ZIPPED_IDX -> idx(folder, ".gz");
      case CIFAR -> cifar(folder);
      case PIXEL_TENSORS -> tensors(folder.resolve("d.safetensors"), "U8");
      case FLOAT_TENSORS -> tensors(folder.resolve("d.safetensors"), "F32");
      case CLASS_FOLDERS -> classFolders(folder);
      case ZIP -> zip(folder.resolve("d.zip"));
      case TAR -> tarOfPictures(folder.resolve("d.tar"));
      case ZIPPED_TAR_OF_PICTURES -> tarOfPictures(folder.resolve("d.tar.gz"));
      case ZIPPED_TAR_OF_IDX -> tarOfIdx(folder.resolve("d.tgz"));
    };
  }

  private static int label(int image) {
    return image % 2;
  }

  /** Stripes: an image's class is which way they go. */
  private static byte[] pixels(int image) {
    byte[] pixels = new byte[ELEMENTS];
    int width = 9 + image % PATTERNS;
    for (int i = 0; i < ELEMENTS; i++) {
      int across = label(image) == 0 ? i % SIDE : i / SIDE;
      pixels[i] = (byte) (across / width % 2 == 0 ? 40 : 200);
    }
    return pixels;
  }

  private static List<byte[]> patterns() {
    List<byte[]> patterns = new ArrayList<>();
    for (int image = 0; image < PATTERNS; image++) {
      patterns.add(pixels(image));
    }
    return patterns;
  }

  private static OutputStream stream(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    return file.toString().endsWith("gz") ? new GZIPOutputStream(out) : out;
  }

  private static Path idx(Path folder, String ending) throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte" + ending);
    try (OutputStream out = stream(images)) {
      writeIdxImages(out);
    }
    try (OutputStream out = stream(folder.resolve("train-labels-idx1-ubyte" + ending))) {
      out.write(idxLabels());
    }
    return images;
  }

  private static void writeIdxImages(OutputStream out) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(16);
    out.write(header.putInt(0x803).putInt(IMAGES).putInt(SIDE).putInt(SIDE).array());
    writePixels(out);
  }

  private static void writePixels(OutputStream out) throws IOException {
    List<byte[]> patterns = patterns();
    for (int image = 0; image < IMAGES; image++) {
      out.write(patterns.get(image % PATTERNS));
    }
  }

  private static byte[] idxLabels() {
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    for (int image = 0; image < IMAGES; image++) {
      labels.put((byte) label(image));
    }
    return labels.array();
  }

  /** These are small, and as large as the others only for the network. */
  private static Path cifar(Path folder) throws IOException {
    Path file = folder.resolve("data_batch_1.bin");
    try (OutputStream out = stream(file)) {
      for (int image = 0; image < IMAGES; image++) {
        byte[] record = new byte[1 + CIFAR_PIXELS];
        record[0] = (byte) label(image);
        System.arraycopy(pixels(image), 0, record, 1, CIFAR_PIXELS);
        out.write(record);
      }
    }
    return file;
  }

  /** Java's writer would have to have all of them in memory, and has no bytes. */
  private Path tensors(Path file, String type) throws IOException {
    int images = images();
    long size = images * imageBytes();
    String header =
        String.format(
            Locale.ROOT,
            "{\"labels\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"images\":{\"dtype\":\"%s\",\"shape\":[%d,1,%d,%d],\"data_offsets\":[%d,%d]}}",
            images,
            images,
            type,
            images,
            SIDE,
            SIDE,
            images,
            images + size);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> patterns = patterns();
    try (OutputStream out = stream(file)) {
      out.write(length.putLong(json.length).array());
      out.write(json);
      out.write(idxLabels(), 8, images);
      for (int image = 0; image < images; image++) {
        out.write(this == PIXEL_TENSORS ? patterns.get(image % PATTERNS) : floats(image));
      }
    }
    return file;
  }

  private static byte[] floats(int image) {
    ByteBuffer floats = ByteBuffer.allocate(ELEMENTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIDE; i++) {
      floats.putFloat(label(image) == 0 ? 0.01f * i : -0.5f / (1 + image));
    }
    return floats.array();
  }

  /** Writes a file of an archive, or of a folder. */
  private interface Entries {
    void add(String name, byte[] content) throws IOException;
  }

  private static void writePictures(Entries entries) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (int image = 0; image < PATTERNS; image++) {
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels(image));
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      pictures.add(png.toByteArray());
    }
    for (int image = 0; image < IMAGES; image++) {
      String name = "class" + label(image) + "/" + image + ".png";
      entries.add(name, pictures.get(image % PATTERNS));
    }
  }

  private static Path classFolders(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("class0"));
    Files.createDirectory(folder.resolve("class1"));
    writePictures((name, content) -> Files.write(folder.resolve(name), content));
    return folder;
  }

  private static Path zip(Path file) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(stream(file))) {
      writePictures(
          (name, content) -> {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
          });
    }
    return file;
  }

  private static Path tarOfPictures(Path file) throws IOException {
    try (OutputStream out = stream(file)) {
      writePictures(
          (name, content) -> {
            out.write(tarHeader(name, content.length));
            out.write(content);
            out.write(padding(content.length));
          });
      out.write(new byte[2 * TAR_BLOCK]);
    }
    return file;
  }

  private static Path tarOfIdx(Path file) throws IOException {
    try (OutputStream out = stream(file)) {
      long size = 16 + (long) IMAGES * ELEMENTS;
      out.write(tarHeader("train-images-idx3-ubyte", size));
      writeIdxImages(out);
      out.write(padding(size));
      byte[] labels = idxLabels();
      out.write(tarHeader("train-labels-idx1-ubyte", labels.length));
      out.write(labels);
      out.write(padding(labels.length));
      out.write(new byte[2 * TAR_BLOCK]);
    }
    return file;
  }

  private static byte[] tarHeader(String name, long size) {
    byte[] header = new byte[TAR_BLOCK];
    put(header, 0, name);
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    put(header, 148, "        ");
    header[156] = '0';
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
    return header;
  }

  private static void put(byte[] header, int place, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, place, bytes.length);
  }

  private static byte[] padding(long size) {
    return new byte[(int) (-size & (TAR_BLOCK - 1))];
  }
}
