package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.Test;

/** An app teaches its model: a few drawings, a new symbol, answers meanwhile. */
final class TeachingTest {
  private static final String NETWORK = "backends/lecture.net";

  /** Draws strokes with wobbling places and colours: of three kinds, as the network has labels. */
  private static final String DRAWING =
      """
        static Picture draw(int kind, Random random) {
          int[] argb = new int[24 * 24];
          int paper = 200 + random.nextInt(56);
          int ink = random.nextInt(80);
          int middle = 9 + random.nextInt(6);
          for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 24; x++) {
              int along = kind == 0 ? y : kind == 1 ? x : Math.abs(x - y) + middle;
              int grey = Math.abs(along - middle) < 3 ? ink : paper;
              argb[y * 24 + x] = 0xff000000 | (grey + random.nextInt(20) - 10 & 255) * 0x10101;
            }
          }
          return new Picture(argb, 24, 24);
        }

        static int right(Lecture model, int kind) {
          Random random = new Random(100 + kind);
          int right = 0;
          for (int i = 0; i < 50; i++) {
            right += model.classify(draw(kind, random)).label().ordinal() == kind ? 1 : 0;
          }
          return right;
        }
      """;

  private static final String NEW_SYMBOL =
      """
      public final class App implements Function<Safetensors, List<Integer>> {
        @Override
        public List<Integer> apply(Safetensors weights) {
          try {
            Lecture model = Lecture.load(new java.io.ByteArrayInputStream(weights.toBytes()));
            LectureTeacher teacher = new LectureTeacher(model);
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
              teacher.show(Lecture.Label.values()[i % 2], draw(i % 2, random));
            }
            Lesson first = teacher.learn();
            List<Integer> right = new ArrayList<>();
            right.add(first.improved() ? 1 : 0);
            for (int kind = 0; kind < 3; kind++) {
              right.add(right(model, kind));
            }
            for (int i = 0; i < 10; i++) {
              teacher.show(Lecture.Label.TREE, draw(2, random));
            }
            Lesson second = teacher.learn();
            right.add(second.improved() ? 1 : 0);
            for (int kind = 0; kind < 3; kind++) {
              right.add(right(model, kind));
            }
            right.add(second.before().correct());
            right.add(second.after().correct());
            return right;
          } catch (java.io.IOException | TrainingException e) {
            throw new IllegalStateException(e);
          }
        }
      """
          + DRAWING
          + "}";

  @Test
  void aSymbolThatWasNeverTrainedIsLearntFromTenDrawings() throws IOException {
    CompiledApp app = CompiledApp.of(NETWORK, NEW_SYMBOL);
    Function<Safetensors, List<Integer>> user = app.user();
    List<Integer> right = user.apply(app.randomWeights("Lecture", 2));
    assertThat(right.get(0)).as("the first lesson helped").isEqualTo(1);
    assertThat(right.subList(1, 3)).allMatch(count -> count >= 45);
    assertThat(right.get(3)).as("never shown").isZero();
    assertThat(right.get(4)).as("the second lesson helped").isEqualTo(1);
    assertThat(right.subList(5, 8)).allMatch(count -> count >= 45);
    assertThat(right.subList(8, 10)).as("of all that was shown").containsExactly(20, 30);
  }

  /**
   * One thread teaches, others ask; returns every answer's scores that were neither old nor new,
   * whether several weights were there, and whether an answer began and ended amid one lesson.
   */
  private static final String MEANWHILE =
      """
      public final class App implements Function<Safetensors, Collection<String>> {
        private final Thread learner = Thread.currentThread();
        private volatile int lesson;
        private volatile boolean answeredMeanwhile;
        private volatile boolean done;

        @Override
        public Collection<String> apply(Safetensors weights) {
          try {
            Lecture model = Lecture.load(new java.io.ByteArrayInputStream(weights.toBytes()));
            Random random = new Random(3);
            Picture picture = draw(0, random);
            List<Picture> pictures = Collections.nCopies(8, picture);
            Set<String> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
            String old = scores(model, picture);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              boolean many = i == 0;
              threads.add(new Thread(() -> {
                while (!done) {
                  int begun = lesson;
                  boolean trains = isTraining();
                  if (many) {
                    Set<String> one = new HashSet<>();
                    model.classifyAll(pictures).forEach(a -> one.add(text(a.scores())));
                    seen.add(one.size() == 1 ? one.iterator().next() : "a batch of several weights");
                  } else {
                    seen.add(scores(model, picture));
                  }
                  if (trains && isTraining() && begun == lesson) {
                    answeredMeanwhile = true;
                  }
                }
              }));
            }
            threads.forEach(Thread::start);
            LectureTeacher teacher = new LectureTeacher(model);
            Set<String> known = new LinkedHashSet<>(Set.of(old));
            for (lesson = 0; lesson < 5; lesson++) {
              for (int kind = 0; kind < 3; kind++) {
                teacher.show(Lecture.Label.values()[kind], draw(kind, random));
              }
              teacher.learn();
              known.add(scores(model, picture));
            }
            done = true;
            for (Thread thread : threads) {
              thread.join();
            }
            seen.removeAll(known);
            seen.add(known.size() > 2 ? "several weights" : "nothing learnt");
            seen.add(answeredMeanwhile ? "answers meanwhile" : "others had to wait");
            return seen;
          } catch (java.io.IOException | TrainingException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }

        private boolean isTraining() {
          return Arrays.stream(learner.getStackTrace())
              .anyMatch(frame -> frame.getClassName().equals("org.cnnc.training.Trainer"));
        }

        private static String scores(Lecture model, Picture picture) {
          return text(model.classify(picture).scores());
        }

        private static String text(float[] scores) {
          return Arrays.toString(scores);
        }
      """
          + DRAWING
          + "}";

  @Test
  void answersMeanwhileAreOfOldOrNewWeightsNeverOfAMixture() throws IOException {
    CompiledApp app = CompiledApp.of(NETWORK, MEANWHILE);
    Function<Safetensors, Iterable<String>> user = app.user();
    assertThat(user.apply(app.randomWeights("Lecture", 2)))
        .containsExactlyInAnyOrder("several weights", "answers meanwhile");
  }
}
