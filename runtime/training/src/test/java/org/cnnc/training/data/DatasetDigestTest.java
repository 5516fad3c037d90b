package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetDigestTest {
  /**
   * Two images of two pixels, classes 1 and 0: {@code printf '\0\0\0\1\7\10\0\0\0\0\11\12' |
   * sha256sum}.
   */
  @Test
  void itIsThatOfClassAndPixelsImageByImage() {
    byte[][] pixels = {{7, 8}, {9, 10}};
    Dataset data = MemoryDataset.ofPixels("pixels", List.of(), pixels, new int[] {1, 0});
    assertThat(DatasetDigest.of(data, 2))
        .isEqualTo("d85e704b081227a83f8426c8c505a3f68d09c3ee18f9c86a6e92f10b9d9f01b9");
  }

  /** The float 1 is 3f800000: {@code printf '\0\0\0\2\x3f\x80\0\0' | sha256sum}. */
  @Test
  void floatsCountByTheirBits() {
    Dataset data = MemoryDataset.ofFloats("floats", new float[] {1}, new int[] {2});
    assertThat(DatasetDigest.of(data, 1))
        .isEqualTo("746a7d9df3e7beb2e1a706bc2865e375799fd2d64345f0b1a61d04a5437c2ea0");
  }

  @Test
  void orderAndClassesCount() {
    String first = digest(0, 1);
    assertThat(digest(1, 0)).isNotEqualTo(first);
    Dataset data = data(0, 1);
    assertThat(DatasetDigest.of(data.subset(new int[] {1, 0}, "turned"), 1)).isNotEqualTo(first);
    assertThat(DatasetDigest.of(data.subset(new int[] {0, 1}, "the same"), 1)).isEqualTo(first);
  }

  private static String digest(int... labels) {
    return DatasetDigest.of(data(labels), 1);
  }

  private static Dataset data(int... labels) {
    return MemoryDataset.ofFloats("floats", new float[] {1, 2}, labels);
  }
}
