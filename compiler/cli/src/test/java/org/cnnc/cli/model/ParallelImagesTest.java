package org.cnnc.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelImagesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyImageIsDoneOnce(int threads) {
    try (ParallelImages parallel = new ParallelImages(threads)) {
      for (int images : new int[] {0, 1, 2, 5, 1000}) {
        AtomicIntegerArray calls = new AtomicIntegerArray(images);
        Set<Thread> by = ConcurrentHashMap.newKeySet();
        parallel.forEach(
            images,
            image -> {
              calls.incrementAndGet(image);
              by.add(Thread.currentThread());
            });
        for (int image = 0; image < images; image++) {
          assertThat(calls.get(image)).as("image %d of %d", image, images).isEqualTo(1);
        }
        assertThat(by).hasSizeLessThanOrEqualTo(threads);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void afterAFailureNothingIsBegunAndTheNextBatchIsDone(int threads) {
    try (ParallelImages parallel = new ParallelImages(threads)) {
      AtomicIntegerArray calls = new AtomicIntegerArray(1000);
      assertThatThrownBy(
              () ->
                  parallel.forEach(
                      1000,
                      image -> {
                        calls.incrementAndGet(image);
                        throw new UnsupportedOperationException("image " + image);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(UnsupportedOperationException.class);
      int begun = 0;
      for (int image = 0; image < 1000; image++) {
        begun += calls.get(image);
      }
      assertThat(begun).isBetween(1, threads);
      parallel.forEach(1000, image -> calls.set(image, 7));
      for (int image = 0; image < 1000; image++) {
        assertThat(calls.get(image)).isEqualTo(7);
      }
    }
  }
}
