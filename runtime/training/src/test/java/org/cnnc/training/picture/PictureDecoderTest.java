package org.cnnc.training.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  private static Picture decode(byte[] bytes) throws IOException {
    return PictureDecoder.decode(bytes).picture();
  }

  private static int[] rgb(Picture picture) {
    return IntStream.of(picture.argb()).map(argb -> argb & 0xffffff).toArray();
  }

  private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff, 0x000000, 0xffffff, 0x3366cc};

  /** Rows of three colours, which are in the palette that Java uses, too. */
  private static BufferedImage colours(int type, int rows) {
    BufferedImage image = new BufferedImage(3, rows, type);
    for (int i = 0; i < 3 * rows; i++) {
      image.setRGB(i % 3, i / 3, 0xff000000 | COLOURS[i % COLOURS.length]);
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({"bmp, BMP", "gif, GIF", "png, PNG"})
  void losslessFormatsKeepEveryPixel(String written, PictureFormat format) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED}) {
      DecodedPicture decoded = PictureDecoder.decode(PictureBytes.of(colours(type, 6), written));
      assertThat(decoded.format()).isEqualTo(format);
      assertThat(decoded.picture().width()).isEqualTo(3);
      int[] expected = IntStream.range(0, 18).map(i -> COLOURS[i % COLOURS.length]).toArray();
      assertThat(rgb(decoded.picture())).containsExactly(expected);
    }
  }

  /** Java's reader would lose rows of them. */
  @Test
  void interlacedGifsOfFewRowsAreRefused() throws IOException {
    byte[] gif = PictureBytes.of(colours(BufferedImage.TYPE_BYTE_INDEXED, 4), "gif");
    assertRefused(
        gif, "unsupported picture: expected an interlaced GIF of at least 5 rows, found 4");
    assertThat(decode(PictureBytes.of(colours(BufferedImage.TYPE_BYTE_INDEXED, 5), "gif")).height())
        .isEqualTo(5);
  }

  @Test
  void bitmapsOfOneBitAndOfRunsAreRead() throws IOException {
    BufferedImage bits = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(8, 1, 0xffffffff);
    int[] pixels = rgb(decode(PictureBytes.of(bits, "bmp")));
    assertThat(pixels).hasSize(18).endsWith(0, 0xffffff);
    assertThat(rgb(decode(runs(200, 2)))).hasSize(400).containsOnly(0x302010);
  }

  /** A BMP of one colour whose rows are a run each. */
  private static byte[] runs(int width, int height) {
    int size = 14 + 40 + 4 + 4 * height;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(size).putInt(0).putInt(58);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    file.putInt(1).putInt(4 * height).putInt(0).putInt(0).putInt(1).putInt(0);
    file.putInt(0x302010);
    for (int row = 0; row < height; row++) {
      file.put((byte) width).put((byte) 0).put((byte) 0).put((byte) (row == height - 1 ? 1 : 0));
    }
    return file.array();
  }

  /** The picture is dark at the left and light at the top right. */
  private static BufferedImage corners() {
    BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        int level = x < 24 ? (y < 16 ? 20 : 80) : (y < 16 ? 240 : 160);
        image.getRaster().setSample(x, y, 0, level);
      }
    }
    return image;
  }

  /** Levels of the four corners, row by row, as the stored ones lie behind each orientation. */
  @ParameterizedTest
  @CsvSource({
    "1, 48, 20 240 80 160",
    "2, 48, 240 20 160 80",
    "3, 48, 160 80 240 20",
    "4, 48, 80 160 20 240",
    "5, 32, 20 80 240 160",
    "6, 32, 80 20 160 240",
    "7, 32, 160 240 80 20",
    "8, 32, 240 160 20 80",
    "9, 48, 20 240 80 160",
    "0, 48, 20 240 80 160",
  })
  void jpegsAreTurnedAsExifSays(int orientation, int width, String corners) throws IOException {
    byte[] jpeg = PictureBytes.of(corners(), "jpg");
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      Picture picture = decode(PictureBytes.withOrientation(jpeg, order, orientation));
      assertThat(picture.width()).isEqualTo(width);
      assertThat(corners(picture)).isEqualTo(corners);
    }
  }

  /** Levels near the corners, rounded to tens: a JPEG is not exact. */
  private static String corners(Picture picture) {
    int[] columns = {2, picture.width() - 3};
    int[] rows = {2, picture.height() - 3};
    StringBuilder levels = new StringBuilder();
    for (int row : rows) {
      for (int column : columns) {
        int level = picture.argb()[row * picture.width() + column] & 0xff;
        levels.append((level + 5) / 10 * 10).append(' ');
      }
    }
    return levels.toString().trim();
  }

  @Test
  void oddExifChangesNothing() throws IOException {
    byte[] jpeg = PictureBytes.of(corners(), "jpg");
    byte[] sound = PictureBytes.withOrientation(jpeg, ByteOrder.BIG_ENDIAN, 6);
    for (int length = 0; length < 44; length++) {
      byte[] cut = Arrays.copyOfRange(sound, 6, 6 + length);
      Picture picture = decode(PictureBytes.withSegment(jpeg, 0xe1, cut));
      assertThat(picture.width()).as("of EXIF %d bytes", length).isIn(48, 32);
    }
    byte[] directoryFarAway = sound.clone();
    directoryFarAway[6 + 6 + 4] = 0x7f;
    assertThat(decode(directoryFarAway).width()).isEqualTo(48);
  }

  /** Expected are the values that libjpeg's formulas give, written out by hand. */
  @Test
  void inksBecomeLight() throws IOException {
    byte[] plain = PictureBytes.fourChannelJpeg(10, 60, 120, 200);
    assertThat(rgb(decode(plain))).containsOnly(0x352a1d); // (245, 195, 135) * 55 / 255
    byte[] inverted = PictureBytes.withAdobe(plain, 0);
    assertThat(rgb(decode(inverted))).containsOnly(0x082f5e); // (10, 60, 120) * 200 / 255
    byte[] ycck = PictureBytes.withAdobe(PictureBytes.fourChannelJpeg(100, 90, 160, 200), 2);
    // YCbCr (100, 90, 160) is (145, 90, 33); its complement (110, 165, 222) * 200 / 255
    assertThat(rgb(decode(ycck))).containsOnly(0x5681ae);
  }

  @Test
  void levelsOf16BitsAreRoundedToTheNearestOfEight() throws IOException {
    int half = 128 * 257 + 128; // just below the middle of 128 and 129
    assertThat(rgb(decode(PictureBytes.png16(0, 3, 0, half, half + 1))))
        .containsExactly(0, 0x808080, 0x818181);
    assertThat(rgb(decode(PictureBytes.png16(2, 2, 65535, half, half + 1, 0x00ff, 257, 0))))
        .containsExactly(0xff8081, 0x010100);
    assertThat(rgb(decode(PictureBytes.png16(4, 2, half, 65535, half + 1, 300))))
        .containsExactly(0x808080, 0x818181);
    // Alpha is left aside, also where it is small.
    assertThat(rgb(decode(PictureBytes.png16(6, 1, half, half + 1, 65535, 300))))
        .containsExactly(0x8081ff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void aTruncatedPictureIsRefused(String format) throws IOException {
    byte[] bytes = PictureBytes.of(noise(20), format);
    assertThatExceptionOfType(BrokenPictureException.class)
        .isThrownBy(() -> decode(Arrays.copyOf(bytes, bytes.length * 3 / 4)))
        .withMessageMatching("broken .*picture.*");
  }

  private static BufferedImage noise(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    RandomSource random = RandomSource.of(11);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, (int) random.nextLong());
    }
    return image;
  }

  @Test
  void headersThatPromiseMoreThanTheFileHoldsAreRefused() throws IOException {
    byte[] bmp = PictureBytes.of(noise(16), "bmp");
    assertThatExceptionOfType(BrokenPictureException.class) // by Java's reader itself, or by ours
        .isThrownBy(() -> decode(patched(bmp, 18, 9000, 9000)))
        .withMessageStartingWith("broken ");
    assertRefused(
        patched(bmp, 34, 1 << 30),
        "broken picture: byte 34 says 1073741824 bytes of pixels, the file has 822 bytes");
    assertRefused(
        patched(bmp, 46, -1),
        "broken picture: byte 46 says 4294967295 colours, the file has 822 bytes");
    assertRefused(
        patched(bmp, 30, 5),
        "unsupported picture: expected a BMP of compression 0 to 3, byte 30 says 5");
    byte[] gif = PictureBytes.of(noise(16), "gif");
    int frame = 13 + 3 * (2 << (gif[10] & 7));
    while (gif[frame] != 0x2c) {
      frame++;
    }
    assertRefused(
        patched(gif, frame + 5, 9000 << 16 | 9000),
        "broken picture: its header says 9000 x 9000 pixels, "
            + gif.length
            + " bytes cannot hold so many");
  }

  private static byte[] patched(byte[] bytes, int place, int... values) {
    ByteBuffer patched = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      patched.putInt(place + 4 * i, values[i]);
    }
    return patched.array();
  }

  /** The first nine bytes made Java's reader warn for 33 megabytes. */
  @Test
  void jpegsThatEndBeforeTheirPixelsAreRefusedAtOnce() throws IOException {
    String ended = "broken picture: it ends before its pixels";
    String cut = "broken picture: the file ends within its header";
    assertRefused(HexFormat.of().parseHex("ffd8ffd9ffd8ffe2ef"), ended);
    for (String bytes : List.of("ffd8ffe2ef00", "ffd800ffe2ef00", "ffd8ff01ffe2ef00", "ffd8ffd8")) {
      assertRefused(HexFormat.of().parseHex(bytes), cut);
    }
    byte[] jpeg = PictureBytes.of(noise(16), "jpg");
    assertThat(decode(jpeg).width()).isEqualTo(16);
    byte[] longer = PictureBytes.withSegment(jpeg, 0xe2, new byte[300]);
    assertThat(decode(longer).width()).isEqualTo(16);
    assertRefused(Arrays.copyOf(longer, 200), cut);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    assertRefused(HexFormat.of().parseHex("ffd8ffd9ffd8ffe2ef"), ended);
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1 << 20);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    String problem = "expected a PNG, JPEG, BMP or GIF picture, the content is none of them";
    assertRefused(new byte[0], problem);
    assertRefused("this is no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8), problem);
    // A WBMP, which Java reads, too: nearly any bytes are one.
    assertRefused(new byte[] {0, 0, 1, 1, 0}, problem);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatExceptionOfType(BrokenPictureException.class)
        .isThrownBy(() -> decode(bytes))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif", "exif", "cmyk", "runs"})
  void mutatedPicturesGiveOnlyTheDeclaredException(String kind) throws IOException {
    byte[] sound =
        switch (kind) {
          case "exif" ->
              PictureBytes.withOrientation(
                  PictureBytes.of(noise(5), "jpg"), ByteOrder.LITTLE_ENDIAN, 7);
          case "cmyk" -> PictureBytes.withAdobe(PictureBytes.fourChannelJpeg(1, 2, 3, 4), 2);
          case "runs" -> runs(100, 5);
          default -> PictureBytes.of(noise(5), kind);
        };
    long seed = 12;
    System.out.println(kind + " mutated by seed " + seed);
    RandomSource random = RandomSource.of(seed);
    int refused = 0;
    for (int round = 0; round < 600; round++) {
      byte[] bytes = sound.clone();
      // Headers are where numbers are; pixels are most of the file.
      int range = random.nextInt(2) == 0 ? Math.min(64, bytes.length) : bytes.length;
      bytes[random.nextInt(range)] = (byte) random.nextInt(256);
      if (random.nextInt(4) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
      }
      try {
        assertThat(decode(bytes).argb()).isNotEmpty();
      } catch (BrokenPictureException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
  }
}
