package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.cnnc.compiler.TargetChoice;
import org.junit.jupiter.api.Test;

/**
 * One model, asked by 64 threads at once, answers each with the bits of a single thread. The number
 * of predictions is the system property {@code cnnc.predictions}; README has the command for a
 * million.
 */
final class ManyThreadsTest {
  private static final int PREDICTIONS = Integer.getInteger("cnnc.predictions", 20_000);

  private static final String ASKING =
      """
      public final class App implements Function<Safetensors, List<String>> {
        private static final int IMAGES = %d;
        private final Queue<String> wrong = new java.util.concurrent.ConcurrentLinkedQueue<>();
        private final java.util.concurrent.atomic.AtomicInteger next =
            new java.util.concurrent.atomic.AtomicInteger();
        private final float[][] inputs = new float[IMAGES][28 * 28];
        private final Picture[] pictures = new Picture[IMAGES];
        private final float[][] expected = new float[2 * IMAGES][];
        private Lenet28 model;

        @Override
        public List<String> apply(Safetensors weights) {
          try {
            model = Lenet28.load(new java.io.ByteArrayInputStream(weights.toBytes()));
            prepare();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
              threads.add(new Thread(this::ask));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
              thread.join();
            }
          } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return List.copyOf(wrong);
        }

        private void prepare() {
          Random random = new Random(1);
          for (int i = 0; i < IMAGES; i++) {
            for (int k = 0; k < 28 * 28; k++) {
              inputs[i][k] = random.nextFloat();
            }
            pictures[i] = new Picture(random.ints(30 * (20 + i)).toArray(), 30, 20 + i);
            expected[2 * i] = model.predict(inputs[i]);
            expected[2 * i + 1] = model.classify(pictures[i]).scores();
          }
        }

        private void ask() {
          try {
            for (int i = next.getAndIncrement(); i < %d; i = next.getAndIncrement()) {
              int question = i %% (2 * IMAGES);
              float[] scores = question %% 2 == 0
                  ? model.predict(inputs[question / 2])
                  : model.classify(pictures[question / 2]).scores();
              if (!Arrays.equals(scores, expected[question])) {
                wrong.add("prediction " + i + ": " + Arrays.toString(scores));
              }
            }
          } catch (RuntimeException | Error e) {
            wrong.add(e.toString());
          }
        }
      }
      """;

  private static final String NETWORK = "networks/lenet28.net";

  @Test
  void manyThreadsGetTheBitsOfOne() throws IOException {
    expectNothingWrong(CompiledApp.of(NETWORK, ASKING.formatted(97, PREDICTIONS)));
  }

  /** Fewer, as vectors crawl until they are compiled. */
  @Test
  void manyThreadsGetTheBitsOfOneFromBytecodeWithVectors() throws IOException {
    String app = ASKING.formatted(11, PREDICTIONS / 20);
    expectNothingWrong(CompiledApp.inBytecode(NETWORK, app, TargetChoice.VECTOR));
  }

  private static void expectNothingWrong(CompiledApp app) {
    Function<Object, Iterable<String>> user = app.user();
    assertThat(user.apply(app.randomWeights("Lenet28", 1))).isEmpty();
  }
}
