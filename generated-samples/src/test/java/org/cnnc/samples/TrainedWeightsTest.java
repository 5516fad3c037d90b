package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE_PROJECT;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The weights of the sample, and the pictures they were learnt from. They are trained anew with
 * {@code -Pthorough}, and where they are blessed.
 */
final class TrainedWeightsTest {
  private static final Pattern ACCURACY = Pattern.compile("\"accuracy\": ?([0-9.]+)");

  @TempDir private static Path folder;

  private static Path pictures;

  static boolean trainingIsWanted() {
    return BuiltSamples.blessing() || Boolean.getBoolean("cnnc.thorough");
  }

  @BeforeAll
  static void drawPictures() throws Exception {
    pictures = folder.resolve("pictures");
    outputOf(HOUSE_PERSON_TREE.pictureGenerator(pictures));
  }

  @Test
  void theyKnowThePictures() throws Exception {
    assertThat(accuracy(HOUSE_PERSON_TREE.network(), HOUSE_PERSON_TREE_PROJECT.weights()))
        .isGreaterThanOrEqualTo(0.97);
  }

  @Test
  @EnabledIf("trainingIsWanted")
  void trainingAgainGivesTheShippedFileBitForBit() throws Exception {
    Path trained = train(HOUSE_PERSON_TREE.network());
    Path shipped = HOUSE_PERSON_TREE_PROJECT.weights();
    if (BuiltSamples.blessing()) {
      Files.copy(trained, shipped, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(Files.mismatch(trained, shipped))
        .as(
            "first byte that differs between %s and what training gives today; where the change"
                + " is wanted, run with -Dcnnc.bless=true and look at the difference",
            shipped)
        .isEqualTo(-1);
  }

  @Test
  @EnabledIf("trainingIsWanted")
  void thePicturesNeedConvolutions() throws Exception {
    Path linear = Path.of(TrainedWeightsTest.class.getResource("Linear.net").toURI());
    assertThat(accuracy(linear, train(linear))).isBetween(0.40, 0.70);
  }

  private static Path train(Path network) throws Exception {
    Path weights = folder.resolve(network.getFileName() + ".safetensors");
    outputOf(
        JavaProcess.cnnc(
            "train",
            network.toString(),
            "--data",
            pictures.toString(),
            "--out",
            weights.toString()));
    return weights;
  }

  /** Part of the test pictures that a network names rightly. */
  private static double accuracy(Path network, Path weights) throws Exception {
    String output =
        outputOf(
            JavaProcess.cnnc(
                "eval",
                network.toString(),
                "--weights",
                weights.toString(),
                "--data",
                pictures.toString(),
                "--json"));
    Matcher matcher = ACCURACY.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
