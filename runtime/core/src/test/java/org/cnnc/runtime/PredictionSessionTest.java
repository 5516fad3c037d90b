package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PredictionSessionTest {
  private final LinearPrediction program = new LinearPrediction();
  private final float[] weight = random(24, 1);
  private PredictionSession session;

  @BeforeEach
  void load() throws WeightsException {
    Safetensors weights =
        new Safetensors("w", Map.of(), Map.of("fc1.weight", Tensor.of(List.of(3, 8), weight)));
    session = PredictionSession.load(program, weights);
  }

  private static float[] random(int count, long seed) {
    RandomSource random = RandomSource.of(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.uniform(-1, 1);
    }
    return values;
  }

  private float[] expected(float[] input) {
    float[] scores = new float[3];
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 8; i++) {
        scores[k] = Math.fma(weight[8 * k + i], input[i], scores[k]);
      }
    }
    return scores;
  }

  @Test
  void scoresAreTheFirstOutputs() {
    float[] input = random(8, 2);
    assertThat(session.predict(input)).isEqualTo(expected(input));
  }

  @Test
  void namedValuesCanBeRead() {
    float[] input = random(8, 3);
    assertThat(session.predict(input, "image")).isEqualTo(input);
    assertThat(session.predict(input, List.of("scores", "image")).keySet())
        .containsExactly("scores", "image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.predict(input, "conv1"))
        .withMessage("no value \"conv1\"; there are [image, scores]");
  }

  @Test
  void pixelsArePreprocessed() {
    byte[] pixels = {0, 1, 2, 3, 4, 5, (byte) 254, (byte) 255};
    float[] input = {0, 0.5f, 1, 1.5f, 0.5f, 0.75f, 63f, 63.25f};
    float[] scores = new float[4];
    session.predict(pixels, 0, scores, 1);
    assertThat(scores).endsWith(expected(input)).startsWith(0f);
  }

  @Test
  void inputOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.predict(new float[7]))
        .withMessage("expected 8 floats, got 7");
  }

  @Test
  void weightsOfAnotherModelAreRefused() {
    Safetensors other = new Safetensors("w", Map.of("cnnc.hash", "other"), Map.of());
    assertThatExceptionOfType(WeightsException.class)
        .isThrownBy(() -> PredictionSession.load(new LinearPrediction(), other));
  }

  @Test
  void refreshSeesChangedParameters() {
    program.rows(1)[0][0] = 100f;
    float[] input = {1, 0, 0, 0, 0, 0, 0, 0};
    assertThat(session.predict(input)[0]).isEqualTo(weight[0]);
    session.refresh();
    assertThat(session.predict(input)[0]).isEqualTo(100f);
  }

  @Test
  void manyThreadsShareASessionWithOneArena() throws Exception {
    PredictionSession narrow = new PredictionSession(program, session.info(), 1);
    ExecutorService threads = Executors.newFixedThreadPool(7);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int t = 0; t < 7; t++) {
        int seed = t;
        Callable<Boolean> work =
            () -> {
              boolean same = true;
              for (int i = 0; i < 2000; i++) {
                float[] input = random(8, 100L * i + seed);
                same &= Arrays.equals(narrow.predict(input), expected(input));
              }
              return same;
            };
        answers.add(threads.submit(work));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void warmPredictionAllocatesOnlyItsResult() {
    float[] input = random(8, 4);
    for (int i = 0; i < 20_000; i++) {
      session.predict(input);
    }
    long before = AllocatedBytes.of("none");
    for (int i = 0; i < 1000; i++) {
      session.predict(input);
    }
    long bytes = AllocatedBytes.of("none") - before;
    // An array of three floats: header 16, elements 12, rounded up to 32. Anything else would be 16
    // a call at least; measuring allocates a little too.
    assertThat(bytes).isLessThan(1000 * (32 + 8));
  }

  @Test
  void severalImagesAreAnsweredAsEachAlone() {
    float[] inputs = random(5 * 8, 9);
    float[] scores = session.predictAll(inputs);
    assertThat(scores).hasSize(15);
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(scores, 3 * i, 3 * i + 3))
          .isEqualTo(expected(Arrays.copyOfRange(inputs, 8 * i, 8 * i + 8)));
    }
    assertThat(session.predictAll(new float[0])).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.predictAll(new float[9]))
        .withMessage("expected images of 8 floats, got 9 floats");
  }

  @Test
  void groupsAreAnsweredAsEachAloneAtAnyPlace() {
    float[] inputs = random(5 * 8 + 3, 10);
    byte[] pixels = new byte[5 * 8 + 3];
    new Random(4).nextBytes(pixels);
    float[] scores = new float[17];
    float[] ofPixels = new float[17];
    session.predict(inputs, 3, 5, scores, 2);
    session.predict(pixels, 3, 5, ofPixels, 2);
    assertThat(Arrays.copyOf(scores, 2)).containsOnly(0f);
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(scores, 2 + 3 * i, 5 + 3 * i))
          .isEqualTo(expected(Arrays.copyOfRange(inputs, 3 + 8 * i, 11 + 8 * i)));
      float[] alone = new float[3];
      session.predict(pixels, 3 + 8 * i, alone, 0);
      assertThat(Arrays.copyOfRange(ofPixels, 2 + 3 * i, 5 + 3 * i)).isEqualTo(alone);
    }
  }

  @Test
  void noThreadIsLeftWithoutImagesForTheSakeOfAGroup() {
    assertThat(session.imagesAtOnce(32, 2)).isEqualTo(2);
    assertThat(session.imagesAtOnce(2, 2)).isEqualTo(1);
    assertThat(session.imagesAtOnce(3, 2)).isEqualTo(2);
    assertThat(session.imagesAtOnce(0, 2)).isEqualTo(1);
  }

  @Test
  void weightsComeBackAsTheyWereLoaded() throws WeightsException {
    Safetensors weights =
        new Safetensors(
            "w",
            Map.of("cnnc.hash", session.info().hash(), "origin", "here"),
            Map.of("fc1.weight", Tensor.of(List.of(3, 8), weight)));
    Safetensors back = PredictionSession.load(new LinearPrediction(), weights).weights();
    assertThat(back.metadata()).isEqualTo(weights.metadata());
    assertThat(back.tensors().get("fc1.weight").values()).isEqualTo(weight).isNotSameAs(weight);
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    float[] broken = weight.clone();
    broken[13] = Float.POSITIVE_INFINITY;
    Safetensors weights =
        new Safetensors("w", Map.of(), Map.of("fc1.weight", Tensor.of(List.of(3, 8), broken)));
    assertThatExceptionOfType(WeightsException.class)
        .isThrownBy(() -> PredictionSession.load(new LinearPrediction(), weights))
        .withMessage(
            "w: tensor \"fc1.weight\", element 13: expected a finite number, found Infinity");
  }
}
