package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer allocates what the app gets, and not a byte more; many at once hardly more. */
final class AppAllocationTest {
  private static final int MEASURED = 1000;
  private static final int FEW = 100;
  private static final int ROUNDS = 10;

  private static final String ASKING =
      """
      public final class App implements Function<Safetensors, Runnable[]> {
        private static final int PICTURES = 100;

        static Object result;

        private static List<Lecture.Answer> answers() {
          List<Lecture.Answer> answers = new ArrayList<>();
          for (int i = 0; i < PICTURES; i++) {
            answers.add(new Lecture.Answer(Lecture.Label.TREE, 1, new float[3]));
          }
          return answers;
        }

        @Override
        public Runnable[] apply(Safetensors weights) {
          try {
            Lecture model = Lecture.load(new java.io.ByteArrayInputStream(weights.toBytes()));
            int[] argb = new Random(1).ints(15 * 11).toArray();
            float[] input = new float[3 * 12 * 12];
            float[] inputs = new float[PICTURES * input.length];
            List<Picture> pictures = Collections.nCopies(PICTURES, new Picture(argb, 15, 11));
            return new Runnable[] {
              () -> result = model.%s,
              () -> result = %s
            };
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  /** A question, and an expression that allocates what its answer is made of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "classify(argb, 15, 11); new Lecture.Answer(Lecture.Label.TREE, 1, new float[3])",
        "predict(input); new float[3]",
        "features(argb, 15, 11); new float[6 * 3 * 3]",
        "features(input); new float[6 * 3 * 3]"
      })
  void anAnswerAllocatesOnlyItself(String question) throws IOException {
    Runnable[] asking = asking(question);
    assertThat(leastBytes(asking[0], MEASURED))
        .isEqualTo(leastBytes(asking[1], MEASURED))
        .isPositive();
  }

  private static Runnable[] asking(String question) throws IOException {
    String[] parts = question.split("; ", 2);
    CompiledApp app = CompiledApp.of("backends/lecture.net", ASKING.formatted(parts[0], parts[1]));
    Function<Safetensors, Runnable[]> user = app.user();
    return user.apply(app.randomWeights("Lecture", 1));
  }

  /**
   * Many pictures at once: beside their answers, their scores side by side and the pool's tasks.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"classifyAll(pictures); answers()", "predictAll(inputs); new float[3 * PICTURES]"})
  void manyAnswersAllocateLittleMore(String question) throws IOException {
    Runnable[] asking = asking(question);
    long answers = leastBytes(asking[1], FEW) / FEW;
    long tasks = 1000L * 4 * Runtime.getRuntime().availableProcessors(); // streams make four each
    assertThat(leastBytes(asking[0], FEW) / FEW).isBetween(answers, 2 * answers + tasks);
  }

  /** The virtual machine itself may allocate now and then; it does not do so in every round. */
  private static long leastBytes(Runnable action, int measured) {
    repeat(action, 3 * measured);
    AllocatedBytes counter = AllocatedBytes.ofThreads("ForkJoinPool.commonPool");
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long first = counter.sum();
      long second = counter.sum();
      repeat(action, measured);
      long measuring = second - first;
      least = Math.min(least, counter.sum() - second - measuring);
    }
    return least;
  }

  private static void repeat(Runnable action, int times) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
