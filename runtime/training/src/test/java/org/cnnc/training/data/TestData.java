package org.cnnc.training.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;

/** What tests of readers share: networks to read for, and what was read as plain values. */
final class TestData {
  private TestData() {}

  /** A reader for a network of three classes, or of as many as there are labels. */
  static DataReader reader(int channels, int height, int width, String labels) {
    return new DataReader(network(channels, height, width, labels));
  }

  /** A network of three classes, or of as many as there are labels. */
  static ProgramInfo network(int channels, int height, int width, String labels) {
    int classes = labels.isEmpty() ? 3 : labels.split(" ", -1).length - 1;
    String zeros = " 0.0".repeat(channels);
    String ones = " 1.0".repeat(channels);
    return ProgramInfo.parse(
        """
        cnnc "0.1.0"
        model "N" hash "1" kind prediction
        input "image" %d %d %d scale 1.0 mean%s std%s
        images "image" buffer 0
        buffer worker "image" %d %d
        buffer worker "label" 1 %d
        value "label" dims %d buffer 1 pitch %d
        output "label" value "label" labels%s
        phase "forward" 1
        """
            .formatted(
                channels,
                height,
                width,
                zeros,
                ones,
                channels,
                height * width,
                classes,
                classes,
                classes,
                labels));
  }

  /** Copies what it gets. */
  static final class Copy implements ImageSink {
    byte[] pixels = new byte[0];
    float[] floats = new float[0];

    @Override
    public void pixels(byte[] source, int offset) {
      pixels = Arrays.copyOfRange(source, offset, source.length);
    }

    @Override
    public void floats(float[] source, int offset) {
      floats = Arrays.copyOfRange(source, offset, source.length);
    }
  }

  static byte[] pixels(Dataset data, int image) {
    Copy copy = new Copy();
    data.read(image, copy);
    return copy.pixels;
  }

  static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    Arrays.setAll(labels, data::label);
    return labels;
  }

  /** The bytes with one of them changed, and sometimes cut off or longer. */
  static byte[] mutated(byte[] sound, RandomSource random) {
    byte[] bytes =
        random.nextInt(4) == 0
            ? Arrays.copyOf(sound, random.nextInt(sound.length + 4))
            : sound.clone();
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Reads a file or throws. */
  interface Attempt {
    void read() throws IOException;
  }

  /**
   * Reads mutated bytes many times.
   *
   * @param use puts bytes where the reader finds them
   * @param attempt may only throw a {@link DataException}
   * @return how many were refused
   */
  static int refusedMutations(
      String what, byte[] sound, int rounds, Consumer<byte[]> use, Attempt attempt)
      throws IOException {
    long seed = 13;
    System.out.println(what + " mutated by seed " + seed);
    RandomSource random = RandomSource.of(seed);
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      use.accept(mutated(sound, random));
      try {
        attempt.read();
      } catch (DataException e) {
        refused++;
      }
    }
    return refused;
  }

  /** Notes what it visits. */
  static final class Notes implements DataVisitor {
    final Set<String> formats = new HashSet<>();
    final StringBuilder text = new StringBuilder();

    @Override
    public void part(String name, List<String> classes) {
      text.append(name).append(classes).append('\n');
    }

    @Override
    public void image(StoredImage image, int label) {
      formats.add(image.format());
      String place = image.place();
      text.append(place.substring(place.lastIndexOf('/') + 1)).append(" is ").append(label);
      text.append(", ").append(image.picture().width()).append(" wide\n");
    }

    @Override
    public void broken(DataException problem) {
      text.append("broken\n");
    }
  }
}
