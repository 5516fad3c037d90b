package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fully connected layers computed for some images at once have the bits of those that are computed
 * one by one: all sizes of groups, blocks that end within a group, batches that end within a block,
 * rows of every length around a vector, one layer right behind the other.
 */
final class ImageGroupsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          9  | 1, 4, 4   | flatten -> fc(3)
          12 | 2, 3, 5   | flatten -> fc(33) -> fc(17)
          17 | 1, 4, 4   | conv(2, kernel = 3, padding = same) -> relu -> maxpool(2) -> flatten -> fc(16) -> relu
          20 | 3, 5, 7   | conv(5, kernel = 3) -> tanh -> flatten -> fc(65) -> relu -> fc(31)
          24 | 1, 9, 9   | conv(3, kernel = 2) -> relu -> avgpool(2) -> flatten -> fc(130) -> softmax
          32 | 2, 8, 8   | conv(4, kernel = 3) -> maxpool(2) -> flatten -> fc(64) -> mish -> fc(47) -> relu
          40 | 1, 7, 7   | flatten -> fc(100) -> leaky_relu
          41 | 1, 1, 15  | flatten -> fc(5) -> fc(6)
          24 | 6, 14, 13 | flatten -> fc(9) -> relu
          33 | 1, 1, 1039| flatten -> fc(70) -> tanh -> fc(3)
          17 | 2, 17, 17 | conv(5, kernel = 2) -> relu -> flatten -> fc(33)
          1  | 1, 1, 1039| flatten -> fc(19) -> relu
          20 | 1, 6, 200 | conv(2, kernel = 3) -> relu -> flatten -> fc(21) -> relu -> fc(5)
          4  | 2, 1, 512 | flatten -> fc(33) -> tanh -> fc(9) -> relu
          49 | 1, 1, 31  | flatten -> fc(16) -> sigmoid -> fc(128)
          """)
  void allBackendsGiveTheSameBits(int batch, String image, String layers) throws IOException {
    Agreement.check(text(batch, image, layers), batch == 20);
  }

  /**
   * Weights of convolutions that images take in turn: by Winograd, directly, and before a pool;
   * with a block that ends within a group (five images, groups of three), and batches that end
   * within a block.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          34 | 64, 2, 2  | conv(128, kernel = 3, padding = same) -> relu -> flatten -> fc(33)
          20 | 30, 2, 3  | conv(88, kernel = 5, padding = same) -> tanh -> flatten -> fc(32)
          17 | 64, 2, 4  | conv(128, kernel = 3, padding = same) -> relu -> maxpool(2) -> flatten -> fc(64)
          """)
  void convolutionsWhoseWeightIsLarge(int batch, String image, String layers) throws IOException {
    String text = text(batch, image, layers);
    CompilerOptions options =
        Texts.VECTOR.withMechanical(Texts.VECTOR.mechanical().withSharedWeight(1));
    StepPhase images =
        Texts.compile("groups.net", text, options)
            .program(ProgramKind.TRAINING)
            .step()
            .phases()
            .get(0);
    assertThat(images.inTurn()).extracting(Operation::name).contains("conv1", "conv1.d_parameters");
    Agreement.check(text, false);
  }

  /** Then the gradient of the inputs reads the weight from end to end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          32 | 1, 41, 100 | conv(2, kernel = 1) -> flatten -> fc(17)
          18 | 1, 41, 100 | conv(2, kernel = 1) -> flatten -> fc(16)
          """)
  void aWeightThatNoCacheHolds(int batch, String image, String layers) throws IOException {
    Agreement.check(text(batch, image, layers), false);
  }

  private static String text(int batch, String image, String layers) {
    return """
    network Groups {
        input image[%s];
        output label = image -> %s -> fc(3) -> softmax;
        loss cross_entropy(label);
        train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = %d; }
    }
    """
        .formatted(image, layers, batch);
  }
}
