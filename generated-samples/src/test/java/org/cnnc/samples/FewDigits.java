package org.cnnc.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The first digits of a folder of IDX files, so that learning them is quick.
 *
 * @param files contents by name
 */
record FewDigits(Map<String, byte[]> files) {
  private static final int IMAGE_HEADER = 16;
  private static final int IMAGE = 28 * 28;
  private static final int LABEL_HEADER = 8;

  /** The first of each part that is there, from zipped files. */
  static FewDigits of(Path folder, int count) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String part : List.of("train", "t10k")) {
      String images = part + "-images-idx3-ubyte";
      if (Files.exists(folder.resolve(images + ".gz"))) {
        files.put(images, first(folder.resolve(images + ".gz"), IMAGE_HEADER, count, IMAGE));
        String labels = part + "-labels-idx1-ubyte";
        files.put(labels, first(folder.resolve(labels + ".gz"), LABEL_HEADER, count, 1));
      }
    }
    return new FewDigits(files);
  }

  private static byte[] first(Path zipped, int header, int count, int size) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
      byte[] bytes = Arrays.copyOf(in.readAllBytes(), header + count * size);
      ByteBuffer.wrap(bytes).putInt(Integer.BYTES, count);
      return bytes;
    }
  }

  /** Writes them as they are; returns the folder. */
  Path write(Path folder) throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** Writes them zipped; returns the folder. */
  Path writeZipped(Path folder) throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write(file.getValue());
      }
      Files.write(folder.resolve(file.getKey() + ".gz"), zipped.toByteArray());
    }
    return folder;
  }
}
