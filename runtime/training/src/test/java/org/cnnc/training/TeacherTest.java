package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.WeightsException;
import org.junit.jupiter.api.Test;

class TeacherTest {
  private static final Safetensors UNTRAINED =
      new Safetensors(
          "w",
          Map.of(
              "cnnc.hash",
              "abc",
              "cnnc.data",
              "corners",
              "cnnc.validation.accuracy",
              "0.9",
              "cnnc.weights.sha256",
              "old"),
          Map.of("fc1.weight", Tensor.of(List.of(3, 4), new float[12])));

  private static Teacher teacher(int threads) {
    return new Teacher(
        LinearNetwork.training(),
        LinearNetwork.prediction(),
        new TrainerSettings(30, 0.1f, 7, threads, Optional.empty()));
  }

  /** A picture of four pixels with a bright corner. */
  private static Picture corner(int label, RandomSource random) {
    int[] argb = new int[4];
    for (int i = 0; i < 4; i++) {
      argb[i] = (random.nextInt(100) + (i == label ? 150 : 0)) * 0x10101;
    }
    return new Picture(argb, 2, 2);
  }

  private static void showCorners(Teacher teacher, int count) {
    RandomSource random = RandomSource.of(1);
    for (int i = 0; i < count; i++) {
      teacher.show(i % 3, corner(i % 3, random));
    }
  }

  @Test
  void whatIsShownIsLearnt() throws Exception {
    Teacher teacher = teacher(1);
    showCorners(teacher, 12);
    Lesson lesson = teacher.learn(UNTRAINED);
    assertThat(lesson.improved()).isTrue();
    assertThat(lesson.before().correct()).isEqualTo(4); // all scores are equal: the first class
    assertThat(lesson.after().correct()).isEqualTo(12);
    assertThat(lesson.after().meanLoss()).isLessThan(lesson.before().meanLoss());
    assertThat(lesson.epochs()).isBetween(1, 30);
    assertThat(lesson.weights().metadata())
        .containsEntry("cnnc.hash", "abc")
        .containsEntry("cnnc.data", "corners")
        .containsEntry("cnnc.taught", "12 images shown")
        .doesNotContainKey("cnnc.validation.accuracy");
    assertThat(lesson.weights().tensors()).containsOnlyKeys("fc1.weight");
    assertThat(lesson.weights().metadata()) // not that of the old weights
        .containsEntry("cnnc.weights.sha256", WeightsDigest.of(lesson.weights().tensors()));
  }

  @Test
  void aLessonStopsWhenAllIsKnown() throws Exception {
    Teacher patient =
        new Teacher(
            LinearNetwork.training(),
            LinearNetwork.prediction(),
            new TrainerSettings(5000, 0.5f, 7, 1, Optional.empty()));
    showCorners(patient, 12);
    Lesson lesson = patient.learn(UNTRAINED);
    assertThat(lesson.epochs()).isLessThan(5000);
    assertThat(lesson.after().meanLoss()).isLessThanOrEqualTo(0.1);
  }

  @Test
  void aLessonIsRepeatable() throws Exception {
    Teacher one = teacher(1);
    showCorners(one, 10);
    byte[] first = one.learn(UNTRAINED).weights().toBytes();
    assertThat(one.learn(UNTRAINED).weights().toBytes()).isEqualTo(first);
    Teacher three = teacher(3);
    showCorners(three, 10);
    assertThat(three.learn(UNTRAINED).weights().toBytes()).isEqualTo(first);
  }

  @Test
  void pixelsAndFloatsTeachTheSame() throws Exception {
    Teacher pictures = teacher(1);
    pictures.show(1, new Picture(new int[] {0, 0xffffff, 0, 0}, 2, 2));
    Teacher floats = teacher(1);
    float white = (255 * 0.003921569f - 0.5f) / 0.5f;
    floats.show(1, new float[] {-1, white, -1, -1});
    assertThat(floats.learn(UNTRAINED).weights().tensors().get("fc1.weight").values())
        .isEqualTo(pictures.learn(UNTRAINED).weights().tensors().get("fc1.weight").values());
  }

  @Test
  void weightsThatDoNotGetBetterStay() throws Exception {
    Teacher teacher =
        new Teacher(
            LinearNetwork.training(),
            LinearNetwork.prediction(),
            new TrainerSettings(3, 0f, 7, 1, Optional.empty()));
    showCorners(teacher, 9);
    Lesson lesson = teacher.learn(UNTRAINED);
    assertThat(lesson.improved()).isFalse();
    assertThat(lesson.weights()).isSameAs(UNTRAINED);
    assertThat(lesson.after()).isEqualTo(lesson.before());
  }

  @Test
  void whatIsForgottenIsNotLearnt() {
    Teacher teacher = teacher(1);
    showCorners(teacher, 3);
    teacher.forget();
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> teacher.learn(UNTRAINED))
        .withMessage("nothing was shown to learn from");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Teacher teacher = teacher(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> teacher.show(3, new float[4]))
        .withMessage("no class 3 of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> teacher.show(0, new float[5]))
        .withMessage("expected 4 floats, got 5");
    showCorners(teacher, 3);
    Safetensors other = new Safetensors("w", Map.of("cnnc.hash", "other"), Map.of());
    assertThatExceptionOfType(WeightsException.class).isThrownBy(() -> teacher.learn(other));
  }
}
