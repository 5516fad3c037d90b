package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureGeneratorTest {
  /** SHA-256 of the pixels of the pictures below, recorded on JDK 17 and 25. */
  private static final String RECORDED =
      "50294c44067cd03dad9d86b08f717ea3c096251506718214f1de380bd8954e81";

  @TempDir private Path folder;

  @Test
  void drawsTheSamePixelsOnEveryMachine() throws Exception {
    List<Path> pictures = draw(folder, "1");
    assertThat(pictures)
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .startsWith("test/house/0001.png")
        .contains("train/person/0004.png")
        .hasSize(3 * (4 + 2));
    assertThat(hash(pictures)).isEqualTo(RECORDED);
  }

  @Test
  void drawsOtherPicturesFromAnotherSeed() throws Exception {
    List<Path> pictures = draw(folder, "2");
    assertThat(hash(pictures)).isNotEqualTo(RECORDED);
  }

  private static List<Path> draw(Path folder, String seed) throws Exception {
    outputOf(
        HOUSE_PERSON_TREE.pictureGenerator(folder, "--seed", seed, "--train", "4", "--test", "2"));
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String hash(List<Path> pictures) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : pictures) {
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(32, 32);
      ByteBuffer bytes = ByteBuffer.allocate(32 * 32 * Integer.BYTES);
      bytes.asIntBuffer().put(image.getRGB(0, 0, 32, 32, null, 0, 32));
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
