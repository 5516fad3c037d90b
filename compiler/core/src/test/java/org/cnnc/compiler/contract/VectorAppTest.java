package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app with the classes of both targets, run as users run it: each time by a Java of its own. */
final class VectorAppTest {
  private static final String NETWORK = "backends/lecture.net";
  private static final String WITH_VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String HINT = "java --add-modules jdk.incubator.vector";
  private static final String VECTOR_PROGRAM = "org.example.LecturePredictionVector ";

  private static final String APP =
      """
      public final class App {
        private static final int CALLS = 1000;
        private static final int ROUNDS = 20;
        private static volatile Object result;

        private App() {}

        public static void main(String[] arguments) throws InterruptedException {
          Lecture model = Lecture.load();
          float[] input = new float[3 * 12 * 12];
          for (int i = 0; i < input.length; i++) {
            input[i] = (float) Math.sin(i);
          }
          float[] first = model.predict(input);
          System.out.println("first " + Arrays.toString(first) + " " + model.usesVectors());
          if (arguments[0].equals("long") || arguments[0].equals("twice")) {
            computeFor(1_400_000_000L, model, input);
            if (arguments[0].equals("twice")) {
              computeFor(1_400_000_000L, Lecture.load(), input);
            }
            Thread.sleep(500);
            System.out.println("then " + model.usesVectors());
          } else if (arguments[0].equals("switch")) {
            askUntilItSwitches(model, input, first);
          }
        }

        /** Asks so that one thread computes for so long. */
        private static void computeFor(long nanos, Lecture model, float[] input) {
          long begin = System.nanoTime();
          while (System.nanoTime() - begin < nanos) {
            model.predict(input);
          }
        }

        private static void askUntilItSwitches(Lecture model, float[] input, float[] first)
            throws InterruptedException {
          float[] features = model.features(input);
          Queue<String> wrong = new java.util.concurrent.ConcurrentLinkedQueue<>();
          Thread[] threads = new Thread[3];
          for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
              int after = 0;
              while (after < 20_000) {
                after += model.usesVectors() ? 1 : 0;
                if (!Arrays.equals(first, model.predict(input))
                    || !Arrays.equals(features, model.features(input))) {
                  wrong.add("another answer");
                }
              }
            });
            threads[i].start();
          }
          for (Thread thread : threads) {
            thread.join();
          }
          System.out.println("switched " + wrong);
          Thread.sleep(200);
          System.out.println(
              "still warming up "
                  + Thread.getAllStackTraces().keySet().stream()
                      .anyMatch(thread -> thread.getName().equals("cnnc-warm-up")));
          long answer = leastBytes(() -> result = model.predict(input));
          System.out.println("allocates " + (answer - leastBytes(() -> result = new float[3])));
        }

        /** The virtual machine itself may allocate now and then; it does not do so in every round. */
        private static long leastBytes(Runnable action) {
          var threads =
              (com.sun.management.ThreadMXBean)
                  java.lang.management.ManagementFactory.getThreadMXBean();
          long least = Long.MAX_VALUE;
          for (int round = 0; round < ROUNDS; round++) {
            long begin = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
              action.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - begin);
          }
          return least;
        }
      }
      """;

  private static final String APP_OF_VECTORS_ALONE =
      """
      public final class App {
        private App() {}

        public static void main(String[] arguments) {
          float[] input = new float[3 * 12 * 12];
          for (int i = 0; i < input.length; i++) {
            input[i] = (float) Math.sin(i);
          }
          try {
            System.out.println("first " + Arrays.toString(Lecture.load().predict(input)) + " false");
          } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
          }
        }
      }
      """;

  @TempDir private static Path app;
  @TempDir private static Path vectorsAlone;
  @TempDir private static Path folder;

  /** What all the others have to answer. */
  private static String firstAnswer;

  @BeforeAll
  static void compile() throws Exception {
    CompiledApp compiled = CompiledApp.of(NETWORK, APP, TargetChoice.BOTH);
    compiled.writeClasses(app);
    compiled.writeWeights(app, "Lecture");
    CompiledApp.of(NETWORK, APP_OF_VECTORS_ALONE, TargetChoice.VECTOR).writeClasses(vectorsAlone);
    compiled.writeWeights(vectorsAlone, "Lecture");
    firstAnswer = run("once", "-Dcnnc.target=plain").lines().get(0);
  }

  private static AppRun run(String mode, String... options) throws Exception {
    return run(app, mode, options);
  }

  private static AppRun run(Path classes, String mode, String... options) throws Exception {
    return AppRun.of(List.of(classes, Program.class), folder, mode, options);
  }

  @Test
  void itGoesOverToVectorsAndNoAnswerShowsWhen() throws Exception {
    AppRun run = run("switch", WITH_VECTORS);
    assertThat(run.lines())
        .containsExactly(firstAnswer, "switched []", "still warming up false", "allocates 0");
    assertThat(run.loaded(VECTOR_PROGRAM)).isTrue();
  }

  @Test
  void onlyItsFirstAnswersArePlainAndCostNoMore() throws Exception {
    AppRun run = run("once", WITH_VECTORS);
    assertThat(run.lines()).containsExactly(firstAnswer);
    assertThat(run.loaded(VECTOR_PROGRAM)).isFalse();
    List<String> loaded = run.classes();
    assertThat(loaded.subList(firstOf("org.cnnc.runtime", loaded), loaded.size()))
        .noneMatch(line -> line.contains("jdk.incubator.vector"))
        .noneMatch(line -> line.contains("org.cnnc") && line.contains("Lambda"))
        .noneMatch(line -> line.contains("System$Logger"));
  }

  private static int firstOf(String text, List<String> lines) {
    int number = 0;
    while (!lines.get(number).contains(text)) {
      number++;
    }
    return number;
  }

  @Test
  void withoutTheModuleItSaysOnceWhatWouldBeFaster() throws Exception {
    AppRun run = run("twice");
    assertThat(run.lines()).contains(firstAnswer, "then false");
    assertThat(run.lines().stream().filter(line -> line.contains(HINT))).hasSize(1);
    assertThat(run.loaded(VECTOR_PROGRAM)).isFalse();
  }

  @Test
  void plainIsPlain() throws Exception {
    for (String[] options :
        List.of(
            new String[] {"-Dcnnc.target=plain", WITH_VECTORS},
            new String[] {"-Dcnnc.target=plain"})) {
      AppRun run = run("long", options);
      assertThat(run.lines()).containsExactly(firstAnswer, "then false");
      assertThat(run.loaded(VECTOR_PROGRAM)).isFalse();
    }
  }

  @Test
  void vectorIsVectorFromTheFirstCallOn() throws Exception {
    AppRun run = run("once", "-Dcnnc.target=vector", WITH_VECTORS);
    assertThat(run.lines()).containsExactly(firstAnswer.replace(" false", " true"));
    assertThat(run.loaded(VECTOR_PROGRAM)).isTrue();
    AppRun without = run("once", "-Dcnnc.target=vector");
    assertThat(without.lines()).contains(firstAnswer).anyMatch(line -> line.contains(HINT));
  }

  @Test
  void vectorsAloneNeedTheModule() throws Exception {
    assertThat(run(vectorsAlone, "once", WITH_VECTORS).lines()).containsExactly(firstAnswer);
    assertThat(run(vectorsAlone, "once").lines())
        .containsExactly("classes of the vector target need " + HINT);
  }

  /** Interpreted or compiled by C1 alone, vectors would crawl. */
  @Test
  void withoutC2ItStaysPlain() throws Exception {
    for (String option : List.of("-XX:TieredStopAtLevel=1", "-Xint")) {
      AppRun run = run("long", option, WITH_VECTORS);
      assertThat(run.lines()).containsExactly(firstAnswer, "then false");
      assertThat(run.loaded(VECTOR_PROGRAM)).isFalse();
    }
  }
}
