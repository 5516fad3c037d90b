package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.maven.Goals.Run;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.data.ImageStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a training early, and broken pictures: the parameters as users set them. */
class TrainParametersTest {
  private static final String WEIGHTS =
      "target/generated-resources/cnnc-weights/org/example/Stripes.safetensors";
  private static final int EACH = 40;
  private static final String UNCHANGED =
      "Nothing to train - network, data and settings are unchanged";

  @TempDir Path folder;
  private Goals goals;

  @BeforeEach
  void write() throws Exception {
    Stripes.writeNetwork(folder);
    goals = new Goals(folder);
  }

  /** Judged by pictures that are in each other's folder, the more it learns the worse it is. */
  @Test
  void aRunWithoutPatienceLeftIsCompleteAndPatienceIsASetting() throws Exception {
    Stripes.draw(folder.resolve("pictures"), EACH);
    for (int i = 0; i < 10; i++) {
      Stripes.drawOne(folder.resolve("swapped/standing/" + i + ".png"), true, i);
      Stripes.drawOne(folder.resolve("swapped/lying/" + i + ".png"), false, i);
    }
    assertThat(trained("validation=swapped", "epochs=40", "patience=2"))
        .containsPattern("epoch 1/40 .* best ")
        .containsPattern("epoch 3/40 ")
        .doesNotContain("epoch 4/40 ")
        .contains("Best of 3 epochs: 1, accuracy ")
        .contains("Complete before its last epoch: nothing better came (parameter patience)");
    assertThat(Safetensors.readMetadata(folder.resolve(WEIGHTS)))
        .containsEntry("cnnc.epochs", "3")
        .containsEntry("cnnc.epoch", "1");

    assertThat(trained("validation=swapped", "epochs=40", "patience=2")).contains(UNCHANGED);
    assertThat(trained("validation=swapped", "epochs=40", "patience=3"))
        .contains("epoch 4/40 ")
        .doesNotContain("epoch 5/40 ");

    assertThat(refusal("validation=swapped", "patience=0"))
        .contains("parameter patience: expected at least 1, found 0");
    assertThat(refusal("patience=2"))
        .contains("parameter patience: it waits for a better validation result, so it needs images")
        .contains("(parameter validation)");
  }

  /**
   * A build that has no time makes one step; the next one goes on to the bits of an endless one.
   */
  @Test
  void aRunThatIsOutOfTimeGoesOnInTheNextBuild() throws Exception {
    Stripes.draw(folder.resolve("pictures"), EACH);
    Path weights = folder.resolve(WEIGHTS);
    assertThat(trained("validation=0.25", "minutes=0.0000001"))
        .contains("[WARNING] The time is up (parameter minutes); the next build goes on training")
        .contains("No epoch was judged yet");
    assertThat(Safetensors.readMetadata(weights))
        .containsEntry("cnnc.epochs", "0")
        .containsEntry("cnnc.images", "4");

    assertThat(trained("validation=0.25", "minutes=60"))
        .contains("Going on where the build was stopped")
        .contains("epoch 3/3 ")
        .containsPattern(
            "Trained Stripes on 60 images in [0-9.]+ seconds of this build, which went on from an"
                + " earlier one\n")
        .contains("Best of 3 epochs: ")
        .doesNotContain("The time is up");
    assertThat(trained("validation=0.25")).contains(UNCHANGED); // time changes no weights

    Path goneOn = Files.move(weights, folder.resolve("gone-on.safetensors"));
    assertThat(trained("validation=0.25", "dataIn=disk", "dataFolder=target"))
        .containsPattern(" are kept on disk while this runs, [\\d,]+ bytes in .*target\\R");
    assertThat(weights).hasSameBinaryContentAs(goneOn);

    trained("validation=0.25", "weightsDirectory=elsewhere");
    assertThat(folder.resolve("elsewhere/org/example/Stripes.safetensors"))
        .hasSameBinaryContentAs(goneOn);

    assertThat(refusal("minutes=-1"))
        .contains("parameter minutes: expected a number of minutes above 0, at most 50,000,000");
  }

  /** What the goal says when it trains with these parameters, or need not. */
  private String trained(String... parameters) throws Exception {
    Run run = run("train", parameters);
    assertThat(run.failure()).isEmpty();
    return run.log();
  }

  /** Why it does not. */
  private String refusal(String... parameters) throws Exception {
    return run("train", parameters).failure().orElseThrow().getMessage();
  }

  private Run run(String goal, String... parameters) throws Exception {
    Map<String, String> properties = new HashMap<>(Map.of("cnnc.data", "pictures"));
    for (String parameter : parameters) {
      String[] nameAndValue = parameter.split("=", 2);
      properties.put("cnnc." + nameAndValue[0], nameAndValue[1]);
    }
    return goals.run(goal, properties);
  }

  @Test
  void brokenPicturesFailTheBuildUnlessTheyAreLeftOut() throws Exception {
    Stripes.draw(folder.resolve("pictures"), EACH);
    Path broken = folder.resolve("pictures/lying/broken.png");
    Files.writeString(broken, "no picture");
    assertThat(refusal("validation=0.25")).contains("broken.png: ");

    String leftOut = "[WARNING] broken pictures left out: 1\n[WARNING]   " + broken + ": ";
    assertThat(trained("validation=0.25", "skipBad=true"))
        .contains(leftOut)
        .contains("Training Stripes on 60 images of ");
    Run judged =
        run("check", "validation=0.25", "skipBad=true", "minAccuracy=0.9", "weights=" + WEIGHTS);
    assertThat(judged.failure()).isEmpty();
    assertThat(judged.log())
        .contains(leftOut)
        .contains("Stripes.net: accuracy 1.0000 (20 of 20 validation images)");
    Path kept = Files.copy(folder.resolve(WEIGHTS), folder.resolve("kept.safetensors"));

    Files.delete(broken); // the same images are left, so the same weights come of them
    assertThat(trained("validation=0.25")).doesNotContain(UNCHANGED, "left out");
    assertThat(folder.resolve(WEIGHTS)).hasSameBinaryContentAs(kept);
  }

  @Test
  void aPlaceForImagesThatIsNoneIsRefused() throws Exception {
    assertThat(LabelledImages.place(" memory ")).isEqualTo(ImageStore.Place.MEMORY);
    assertThatExceptionOfType(MojoFailureException.class)
        .isThrownBy(() -> LabelledImages.place("disc"))
        .withMessage("parameter dataIn: expected auto, memory or disk, found disc");
  }
}
