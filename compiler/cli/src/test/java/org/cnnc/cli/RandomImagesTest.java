package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RandomImagesTest {
  private static List<float[]> inTurns(RandomImages images, int steps) {
    List<float[]> seen = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      images.next();
      seen.add(images.values());
    }
    return seen;
  }

  private static Set<float[]> different(List<float[]> arrays) {
    Set<float[]> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(arrays);
    return set;
  }

  @Test
  void batchesTakeTurnsAndNoStepGetsThatOfTheStepBefore() {
    RandomImages images = new RandomImages(3, 10, 4);
    List<float[]> seen = inTurns(images, 16);
    assertThat(different(seen)).hasSize(8);
    for (int i = 1; i < seen.size(); i++) {
      assertThat(seen.get(i)).isNotEqualTo(seen.get(i - 1));
    }
    assertThat(images.offset(2)).isEqualTo(20);
    assertThat(images.label(2)).isBetween(0, 3);
  }

  @Test
  void largeBatchesAreFew() {
    assertThat(different(inTurns(new RandomImages(2, 3 << 20, 4), 8))).hasSize(2);
  }
}
