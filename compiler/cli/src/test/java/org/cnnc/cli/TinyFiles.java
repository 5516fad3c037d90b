package org.cnnc.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/** Models and data that train in no time: grey images of 8 x 8, dark or light. */
final class TinyFiles {
  static final String CONVOLUTION =
      """
      network Tiny {
          input image[1, 8, 8];
          scores = image -> conv(2, kernel = 3, padding = same) -> relu -> maxpool(2)
              -> flatten -> fc(2);
          output tone = scores -> softmax labels ("dark", "light");
          loss cross_entropy(tone);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 8; epochs = 2; seed = 3; }
      }
      """;

  static final String LINEAR =
      """
      network Linear {
          input image[1, 2, 2];
          scores = image -> flatten -> fc(3);
          output answer = scores -> softmax;
          loss cross_entropy(answer);
          train { optimizer = sgd(rate = 0.5); batch = 4; epochs = 1; }
      }
      """;

  private static final int SIDE = 8;

  private TinyFiles() {}

  static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  /** Class folders of pictures: {@code dark} and {@code light}, so many each. */
  static Path pictures(Path folder, int each) throws IOException {
    RandomSource random = RandomSource.of(5);
    for (String name : List.of("dark", "light")) {
      Path classFolder = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < each; i++) {
        picture(classFolder.resolve("picture" + i + ".png"), name.equals("dark"), random);
      }
    }
    return folder;
  }

  static Path picture(Path file, boolean dark, RandomSource random) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int place = 0; place < SIDE * SIDE; place++) {
      int grey = random.nextInt(100) + (dark ? 0 : 156);
      image.setRGB(place % SIDE, place / SIDE, grey * 0x10101);
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** A pair of zipped IDX files, as MNIST has them. */
  static Path idx(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    RandomSource random = RandomSource.of(6);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 2));
      for (int place = 0; place < SIDE * SIDE; place++) {
        images.put((byte) (random.nextInt(100) + (i % 2 == 0 ? 0 : 156)));
      }
    }
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), zipped(images.array()));
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), zipped(labels.array()));
    return folder;
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** Labelled tensors that the tiny network takes. */
  static Path tensors(Path file, int count) throws IOException {
    float[] labels = new float[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("images", random(1, count, 1, SIDE, SIDE));
    tensors.put("labels", Tensor.of(List.of(count), labels));
    return save(file, tensors);
  }

  /** Numbers from -1 to 1. */
  static Tensor random(long seed, Integer... dims) {
    List<Integer> shape = List.of(dims);
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    RandomSource random = RandomSource.of(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    return Tensor.of(shape, values);
  }

  static Path save(Path file, Map<String, Tensor> tensors) throws IOException {
    new Safetensors("", Map.of(), tensors).write(file);
    return file;
  }
}
