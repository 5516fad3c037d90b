package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.junit.jupiter.api.Test;

class PixelPreprocessingTest {
  private static InputInfo input(int channels, int height, int width) {
    return new InputInfo(
        "image",
        channels,
        height,
        width,
        1f / 255,
        Collections.nCopies(channels, 0f),
        Collections.nCopies(channels, 1f));
  }

  private static byte[] resize(int[] argb, int width, int height, InputInfo input) {
    byte[] pixels = new byte[input.elements()];
    new PixelPreprocessing(input).resize(argb, width, height, pixels, 0);
    return pixels;
  }

  private static int[] noise(int pixels, long seed) {
    RandomSource random = RandomSource.of(seed);
    int[] argb = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      argb[i] = (int) random.nextLong();
    }
    return argb;
  }

  @Test
  void pictureOfTheInputsSizeIsTakenAsItIs() {
    int[] argb = noise(12, 1);
    byte[] pixels = resize(argb, 4, 3, input(3, 3, 4));
    for (int i = 0; i < 12; i++) {
      assertThat(pixels[i]).isEqualTo((byte) (argb[i] >> 16));
      assertThat(pixels[12 + i]).isEqualTo((byte) (argb[i] >> 8));
      assertThat(pixels[24 + i]).isEqualTo((byte) argb[i]);
    }
  }

  /** Averages over boxes, by repeating each pixel as often as the target has pixels. */
  @Test
  void shrinkingAveragesOverBoxes() {
    int from = 7;
    int to = 3;
    int[] argb = noise(from * from, 2);
    byte[] pixels = resize(argb, from, from, input(3, to, to));
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        long sum = 0;
        for (int v = y * from; v < (y + 1) * from; v++) {
          for (int u = x * from; u < (x + 1) * from; u++) {
            sum += argb[v / to * from + u / to] & 0xff;
          }
        }
        long rounded = (long) Math.floor((double) sum / (from * from) + 0.5);
        assertThat(pixels[2 * to * to + y * to + x] & 0xff).isEqualTo((int) rounded);
      }
    }
  }

  /** Bilinear between centres of pixels, in double, which is near enough to tell the rounding. */
  @Test
  void growingInterpolatesBetweenCentres() {
    int[] argb = noise(3 * 2, 3);
    byte[] pixels = resize(argb, 3, 2, input(3, 5, 8));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 8; x++) {
        double v = Math.min(Math.max((y + 0.5) * 2 / 5 - 0.5, 0), 1);
        double u = Math.min(Math.max((x + 0.5) * 3 / 8 - 0.5, 0), 2);
        double expected = 0;
        for (int row = 0; row < 2; row++) {
          for (int column = 0; column < 3; column++) {
            double weight =
                Math.max(0, 1 - Math.abs(v - row)) * Math.max(0, 1 - Math.abs(u - column));
            expected += weight * (argb[row * 3 + column] >> 16 & 0xff);
          }
        }
        assertThat((double) (pixels[y * 8 + x] & 0xff))
            .isBetween(expected - 0.5 - 1e-9, expected + 0.5 + 1e-9);
      }
    }
  }

  @Test
  void plainColourStaysItselfAtAnySize() {
    for (int size = 1; size < 40; size++) {
      int[] argb = new int[size * (41 - size)];
      Arrays.fill(argb, 0xff4080c8);
      byte[] pixels = resize(argb, size, 41 - size, input(3, 9, 13));
      assertThat(Arrays.copyOf(pixels, 117)).containsOnly((byte) 0x40);
      assertThat(Arrays.copyOfRange(pixels, 117, 234)).containsOnly((byte) 0x80);
      assertThat(Arrays.copyOfRange(pixels, 234, 351)).containsOnly((byte) 0xc8);
    }
  }

  @Test
  void oneChannelGetsTheLuma() {
    assertThat(resize(new int[] {0xff0000, 0x00ff00, 0x0000ff, 0x7b7b7b}, 2, 2, input(1, 2, 2)))
        .containsExactly((byte) 76, (byte) 150, (byte) 29, (byte) 0x7b);
  }

  @Test
  void pixelsAreScaledThenShiftedThenDivided() {
    InputInfo info =
        new InputInfo("image", 2, 1, 2, 1f / 255, List.of(0.1307f, 0.5f), List.of(0.3081f, 0.25f));
    float[][] rows = new float[4][5];
    new PixelPreprocessing(info)
        .write(
            new byte[] {99, 0, (byte) 200, 7, (byte) 255},
            1,
            new ValueInfo("image", List.of(2, 1, 2), 0, 3),
            rows,
            1);
    assertThat(rows[2])
        .startsWith((0f - 0.1307f) / 0.3081f, (200 * (1f / 255) - 0.1307f) / 0.3081f);
    assertThat(rows[3]).startsWith((7 * (1f / 255) - 0.5f) / 0.25f, (1f - 0.5f) / 0.25f);
    assertThat(rows[0]).containsOnly(0f);
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resize(new int[5], 2, 3, input(3, 2, 2)))
        .withMessage("5 pixels for a picture of 2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resize(new int[6], 2, 3, input(2, 2, 2)))
        .withMessageContaining("1 or 3 channels");
  }
}
