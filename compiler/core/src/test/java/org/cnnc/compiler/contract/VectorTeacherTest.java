package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.runtime.Program;
import org.cnnc.training.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app that teaches its model the same lesson again and again, always from the same weights, in a
 * Java of its own: whichever form trains, and wherever in a lesson it changes, each lesson ends
 * with the same bits.
 */
final class VectorTeacherTest {
  private static final String NETWORK = "backends/lecture.net";
  private static final String WITH_VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String VECTOR_PROGRAM = "org.example.LectureTrainingVector ";

  /** Pictures of nothing are never learnt: a lesson has all its epochs. */
  private static final String APP =
      """
      public final class App {
        private static final int EPOCHS = 60;
        private static final int AFTER = 3;

        private App() {}

        public static void main(String[] arguments) throws Exception {
          Lecture model = Lecture.load();
          Safetensors beginning = model.weights();
          TrainerSettings settings = new TrainerSettings(EPOCHS, 0.01f, 1, 1, Optional.empty());
          LectureTeacher teacher = new LectureTeacher(model, settings);
          Random random = new Random(1);
          for (int i = 0; i < 20; i++) {
            float[] input = new float[3 * 12 * 12];
            for (int j = 0; j < input.length; j++) {
              input[j] = random.nextFloat();
            }
            teacher.show(Lecture.Label.values()[i % 3], input);
          }
          Set<String> results = new LinkedHashSet<>();
          int after = 0;
          long end = System.nanoTime() + (arguments[0].equals("long") ? 150_000_000_000L : 0);
          do {
            after += teacher.usesVectors() ? 1 : 0;
            Lesson lesson = teacher.learn();
            results.add(lesson.improved() + " " + Arrays.hashCode(lesson.weights().toBytes()));
            model.replaceWeights(beginning);
          } while (after < AFTER && System.nanoTime() < end);
          results.forEach(System.out::println);
          System.out.println(teacher.usesVectors());
        }
      }
      """;

  @TempDir private static Path app;
  @TempDir private static Path folder;

  /** What all the others have to say of their lessons. */
  private static String plainLesson;

  @BeforeAll
  static void compile() throws Exception {
    CompiledApp compiled = CompiledApp.of(NETWORK, APP, TargetChoice.BOTH);
    compiled.writeClasses(app);
    compiled.writeWeights(app, "Lecture");
    List<String> lines = run("short", "-Dcnnc.target=plain", WITH_VECTORS).lines();
    assertThat(lines).hasSize(2).last().isEqualTo("false");
    assertThat(lines.get(0)).startsWith("true ");
    plainLesson = lines.get(0);
  }

  private static AppRun run(String mode, String... options) throws Exception {
    return AppRun.of(List.of(app, Program.class, Trainer.class), folder, mode, options);
  }

  @Test
  void itGoesOverToVectorsAndNoWeightShowsWhen() throws Exception {
    AppRun run = run("long", WITH_VECTORS);
    assertThat(run.lines()).containsExactly(plainLesson, "true");
    assertThat(run.loaded(VECTOR_PROGRAM)).isTrue();
  }

  @Test
  void aShortLessonKnowsNothingOfVectors() throws Exception {
    AppRun run = run("short", WITH_VECTORS);
    assertThat(run.lines()).containsExactly(plainLesson, "false");
    expectNoVectors(run);
  }

  @Test
  void withoutTheModuleItTrainsAsEver() throws Exception {
    AppRun run = run("short");
    assertThat(run.lines()).containsExactly(plainLesson, "false");
    expectNoVectors(run);
  }

  private static void expectNoVectors(AppRun run) {
    assertThat(run.loaded(VECTOR_PROGRAM)).isFalse();
    List<String> own =
        run.classes().stream().dropWhile(line -> !line.contains("org.example.App")).toList();
    assertThat(own).isNotEmpty().noneMatch(line -> line.contains("jdk.incubator.vector"));
  }

  @Test
  void vectorIsVectorFromTheFirstLessonOn() throws Exception {
    AppRun run = run("short", "-Dcnnc.target=vector", WITH_VECTORS);
    assertThat(run.lines()).containsExactly(plainLesson, "true");
    assertThat(run("short", "-Dcnnc.target=vector").lines()).contains(plainLesson, "false");
  }
}
