package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.maven.TestProject.Build;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.data.ImageStore;
import org.junit.jupiter.api.Test;

/** What ends a training early, and broken pictures: the parameters as users set them. */
class TrainParametersTest {
  private static final String TRAIN = "cnnc:train@default";
  private static final String WEIGHTS =
      "target/generated-resources/cnnc-weights/org/example/Stripes.safetensors";
  private static final String UNCHANGED =
      "Nothing to train - network, data and settings are unchanged";

  /** Judged by pictures that are in each other's folder, the more it learns the worse it is. */
  @Test
  void aRunWithoutPatienceLeftIsCompleteAndPatienceIsASetting() throws Exception {
    TestProject project = drawn("patience");
    for (int i = 0; i < 10; i++) {
      Stripes.drawOne(project.file("swapped/standing/" + i + ".png"), true, i);
      Stripes.drawOne(project.file("swapped/lying/" + i + ".png"), false, i);
    }
    project.replace("pom.xml", "<validation>0.25<", "<validation>swapped<");
    Build first = project.maven(TRAIN, "-Dcnnc.epochs=40", "-Dcnnc.patience=2");
    first.expectSuccess();
    assertThat(first.log())
        .containsPattern("epoch 1/40 .* best ")
        .containsPattern("epoch 3/40 ")
        .doesNotContain("epoch 4/40 ")
        .contains("Best of 3 epochs: 1, accuracy ")
        .contains("Complete before its last epoch: nothing better came (parameter patience)");
    assertThat(Safetensors.readMetadata(project.file(WEIGHTS)))
        .containsEntry("cnnc.epochs", "3")
        .containsEntry("cnnc.epoch", "1");

    Build same = project.maven(TRAIN, "-Dcnnc.epochs=40", "-Dcnnc.patience=2");
    assertThat(same.log()).contains(UNCHANGED);
    Build other = project.maven(TRAIN, "-Dcnnc.epochs=40", "-Dcnnc.patience=3");
    other.expectSuccess();
    assertThat(other.log()).contains("epoch 4/40 ").doesNotContain("epoch 5/40 ");

    Build none = project.maven(TRAIN, "-Dcnnc.patience=0");
    none.expectFailure();
    assertThat(none.log()).contains("parameter patience: expected at least 1, found 0");
    project.replace("pom.xml", "<validation>swapped</validation>", "");
    Build blind = project.maven(TRAIN, "-Dcnnc.patience=2");
    blind.expectFailure();
    assertThat(blind.log())
        .contains("parameter patience: it waits for a better validation result, so it needs images")
        .contains("(parameter validation)");
  }

  /**
   * A build that has no time makes one step; the next one goes on to the bits of an endless one.
   */
  @Test
  void aRunThatIsOutOfTimeGoesOnInTheNextBuild() throws Exception {
    TestProject project = drawn("minutes");
    Build stopped = project.maven(TRAIN, "-Dcnnc.minutes=0.0000001");
    stopped.expectSuccess();
    assertThat(stopped.log())
        .contains("[WARNING] The time is up (parameter minutes); the next build goes on training")
        .contains("No epoch was judged yet");
    assertThat(Safetensors.readMetadata(project.file(WEIGHTS)))
        .containsEntry("cnnc.epochs", "0")
        .containsEntry("cnnc.images", "4");

    Build on = project.maven(TRAIN, "-Dcnnc.minutes=60");
    on.expectSuccess();
    assertThat(on.log())
        .contains("Going on where the build was stopped")
        .contains("epoch 3/3 ")
        .containsPattern(
            "Trained Stripes on 60 images in [0-9.]+ seconds of this build, which went on from an"
                + " earlier one\n")
        .contains("Best of 3 epochs: ")
        .doesNotContain("The time is up");
    assertThat(project.maven(TRAIN).log()).contains(UNCHANGED); // time changes no weights

    Path goneOn = Files.move(project.file(WEIGHTS), project.file("gone-on.safetensors"));
    Build fromDisk = project.maven(TRAIN, "-Dcnnc.dataIn=disk", "-Dcnnc.dataFolder=target");
    fromDisk.expectSuccess();
    assertThat(fromDisk.log())
        .containsPattern(" are kept on disk while this runs, [\\d,]+ bytes in .*target\\R");
    assertThat(project.file(WEIGHTS)).hasSameBinaryContentAs(goneOn);

    project.maven(TRAIN, "-Dcnnc.weightsDirectory=elsewhere").expectSuccess();
    assertThat(project.file("elsewhere/org/example/Stripes.safetensors"))
        .hasSameBinaryContentAs(goneOn);

    Build backwards = project.maven(TRAIN, "-Dcnnc.minutes=-1");
    backwards.expectFailure();
    assertThat(backwards.log())
        .contains("parameter minutes: expected a number of minutes above 0, at most 50,000,000");
  }

  @Test
  void brokenPicturesFailTheBuildUnlessTheyAreLeftOut() throws Exception {
    TestProject project = drawn("skip-bad");
    Path broken = project.file("pictures/lying/broken.png");
    Files.writeString(broken, "no picture");
    Build strict = project.maven(TRAIN);
    strict.expectFailure();
    assertThat(strict.log()).contains("broken.png: ");

    Build lenient = project.maven("process-classes", "cnnc:check@default", "-Dcnnc.skipBad=true");
    lenient.expectSuccess();
    assertThat(lenient.log())
        .contains("[WARNING] broken pictures left out: 1\n[WARNING]   " + broken + ": ")
        .contains("Training Stripes on 60 images of ")
        .contains("Stripes.net: accuracy 1.0000 (20 of 20 validation images)");
    Path kept = Files.copy(project.file(WEIGHTS), project.file("kept.safetensors"));

    Files.delete(broken); // the same images are left, so the same weights come of them
    Build whole = project.maven(TRAIN);
    whole.expectSuccess();
    assertThat(whole.log()).doesNotContain(UNCHANGED, "left out");
    assertThat(project.file(WEIGHTS)).hasSameBinaryContentAs(kept);
  }

  private static TestProject drawn(String test) throws Exception {
    TestProject project = TestProject.copyOf("train", test);
    Stripes.draw(project.file("pictures"), 40);
    return project;
  }

  @Test
  void aPlaceForImagesThatIsNoneIsRefused() throws Exception {
    assertThat(LabelledImages.place(" memory ")).isEqualTo(ImageStore.Place.MEMORY);
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(() -> LabelledImages.place("disc"))
        .withMessage("parameter dataIn: expected auto, memory or disk, found disc");
  }
}
