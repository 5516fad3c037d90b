package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.TargetChoice.VECTOR;

import java.io.IOException;
import java.util.function.Function;
import org.cnnc.compiler.run.Corpus;
import org.junit.jupiter.api.Test;

/**
 * One model, asked by 64 threads at once, answers each with the bits of a single thread: a million
 * times for a small network, which every build can afford. How often for the benchmark network is
 * the system property {@code cnnc.predictions}; README has the command for a million.
 */
final class ManyThreadsTest {
  private static final int MILLION = 1_000_000;
  private static final int PREDICTIONS = Integer.getInteger("cnnc.predictions", 20_000);

  /** Vectors crawl until they are compiled, so that builds ask less often. */
  private static final int PREDICTIONS_WITH_VECTORS =
      Integer.getInteger("cnnc.predictions.vectors", 1_000);

  /** Every kind of layer that a LeNet has, in a microsecond. */
  private static final String SMALL =
      """
      network Small {
          input image[1, 8, 8];
          features = image -> conv(2, kernel = 3, padding = same) -> relu -> maxpool(2);
          scores = features -> flatten -> fc(4) -> relu -> fc(3);
          output label = scores -> softmax labels ("a", "b", "c");
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1); batch = 4; }
      }
      """;

  private static final String ASKING =
      """
      public final class App implements Function<Safetensors, List<String>> {
        private static final int IMAGES = %4$d;
        private static final int SIDE = %2$d;
        private final Queue<String> wrong = new java.util.concurrent.ConcurrentLinkedQueue<>();
        private final java.util.concurrent.atomic.AtomicInteger next =
            new java.util.concurrent.atomic.AtomicInteger();
        private final java.util.concurrent.atomic.AtomicInteger right =
            new java.util.concurrent.atomic.AtomicInteger();
        private final float[][] inputs = new float[IMAGES][SIDE * SIDE];
        private final Picture[] pictures = new Picture[IMAGES];
        private final float[][] expected = new float[2 * IMAGES][];
        private %1$s model;

        @Override
        public List<String> apply(Safetensors weights) {
          try {
            model = %1$s.load(new java.io.ByteArrayInputStream(weights.toBytes()));
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
          wrong.add(right + " right");
          return List.copyOf(wrong);
        }

        private void prepare() {
          Random random = new Random(1);
          for (int i = 0; i < IMAGES; i++) {
            for (int k = 0; k < SIDE * SIDE; k++) {
              inputs[i][k] = random.nextFloat();
            }
            int height = SIDE - 2 + i %% 5;
            int[] argb = random.ints((SIDE + 2) * height).toArray();
            pictures[i] = new Picture(argb, SIDE + 2, height);
            expected[2 * i] = model.predict(inputs[i]);
            expected[2 * i + 1] = model.classify(pictures[i]).scores();
          }
          if (Arrays.stream(expected).map(Arrays::toString).distinct().count() < 2 * IMAGES) {
            wrong.add("an answer to another question would not show");
          }
        }

        private void ask() {
          try {
            for (int i = next.getAndIncrement(); i < %3$d; i = next.getAndIncrement()) {
              int question = i %% (2 * IMAGES);
              float[] scores = question %% 2 == 0
                  ? model.predict(inputs[question / 2])
                  : model.classify(pictures[question / 2]).scores();
              if (Arrays.equals(scores, expected[question])) {
                right.getAndIncrement();
              } else {
                wrong.add("prediction " + i + ": " + Arrays.toString(scores));
              }
            }
          } catch (RuntimeException | Error e) {
            wrong.add(e.toString());
          }
        }
      }
      """;

  private static final String LENET = "networks/lenet28.net";

  @Test
  void manyThreadsGetTheBitsOfOne() throws IOException {
    String app = asking("Lenet28", 28, 97, PREDICTIONS);
    expectAllRight(CompiledApp.of(LENET, app), "Lenet28", PREDICTIONS);
  }

  @Test
  void manyThreadsGetTheBitsOfOneFromBytecodeWithVectors() throws IOException {
    String app = asking("Lenet28", 28, 11, PREDICTIONS_WITH_VECTORS);
    CompiledApp vectors = CompiledApp.inBytecode(LENET, Corpus.read(LENET), app, VECTOR);
    expectAllRight(vectors, "Lenet28", PREDICTIONS_WITH_VECTORS);
  }

  @Test
  void aMillionPredictionsOfManyThreadsHaveTheBitsOfOne() throws IOException {
    String app = asking("Small", 8, 97, MILLION);
    expectAllRight(CompiledApp.ofText("small.net", SMALL, app), "Small", MILLION);
  }

  @Test
  void aMillionPredictionsFromBytecodeWithVectorsHaveTheBitsOfOne() throws IOException {
    String app = asking("Small", 8, 97, MILLION);
    CompiledApp vectors = CompiledApp.inBytecode("small.net", SMALL, app, VECTOR);
    expectAllRight(vectors, "Small", MILLION);
  }

  private static String asking(String network, int side, int images, int predictions) {
    return ASKING.formatted(network, side, predictions, images);
  }

  /** The app returns what went wrong, and how many answers were right. */
  private static void expectAllRight(CompiledApp app, String network, int predictions) {
    Function<Object, Iterable<String>> user = app.user();
    assertThat(user.apply(app.randomWeights(network, 1))).containsExactly(predictions + " right");
  }
}
