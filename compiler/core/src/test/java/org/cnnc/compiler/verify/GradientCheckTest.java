package org.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Program;
import org.cnnc.training.verify.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check that apps run of their gradients: right ones pass, and wrong ones do not. */
final class GradientCheckTest {
  /** The large one, which takes as long as all others, with {@code -Pthorough} alone. */
  static List<String> networks() {
    return Thorough.networks(
        List.of(
            "backends/lecture",
            "backends/activations",
            "backends/strides",
            "backends/branches",
            "backends/single",
            "backends/windows",
            "backends/averages",
            "backends/long_sums",
            "graph/every_layer",
            "graph/nesterov",
            "graph/defaults",
            "graph/house_person_tree",
            "graph/aliases",
            "regressions/only_padding_seen",
            "drawing/two_outputs",
            "networks/lenet28",
            "networks/lecture32",
            "networks/winograd"),
        "large/vgg32");
  }

  /** Each loaded once, so that it is compiled once: the checks begin anew with its parameters. */
  private static final Map<String, Program> LOADED = new HashMap<>();

  private static Program training(String network) throws IOException {
    Program program = LOADED.get(network);
    if (program == null) {
      // Of large ones two images tell of a formula what eight do, in a quarter of the time.
      CompilerOptions options =
          network.startsWith("large/")
              ? CompilerOptions.DEFAULT.withBatch(2)
              : CompilerOptions.DEFAULT;
      program =
          Backend.BYTECODE.load(
              Texts.corpus(network + ".net", options).program(ProgramKind.TRAINING));
      LOADED.put(network, program);
    }
    return program;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsOfTheCorpusAreRight(String network) throws IOException {
    GradientCheck.verify(training(network));
  }

  /** What an optimizer makes of a gradient tells what it was, whatever its settings. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(rate = 0.1)",
        "sgd(rate = 0.1, weight_decay = 0.5)",
        "sgd(rate = 0.1, momentum = 0.9, nesterov = true, weight_decay = 0.5)",
        "adam(rate = 0.1, beta1 = 0)",
        "adam(rate = 0.1, beta1 = 0.999999, weight_decay = 0.5)"
      })
  void gradientsAreFoundWithEveryOptimizer(String optimizer) throws IOException {
    String text =
        """
        network Learning {
            input image[2, 9, 7];
            output label = image -> conv(3, kernel = 3) -> tanh -> flatten -> fc(4) -> softmax;
            loss cross_entropy(label);
            train { optimizer = OPTIMIZER; batch = 4; }
        }
        """
            .replace("OPTIMIZER", optimizer);
    GradientCheck.verify(Backend.BYTECODE.load(Texts.compile(text, ProgramKind.TRAINING)));
  }

  private static Program vectors(String network) throws IOException {
    return Backend.BYTECODE.load(
        Texts.corpus(network + ".net", Texts.VECTOR).program(ProgramKind.TRAINING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backends/lecture", "backends/branches", "networks/lenet28"})
  void vectorsHaveTheSameGradients(String network) throws IOException {
    GradientCheck.verifySame(training(network), vectors(network));
  }

  @Test
  void oneOtherBitIsFoundWithItsPlace() throws IOException {
    Program wrong =
        new WrongGradient(vectors("backends/lecture"), "conv2.bias", WrongGradient::oneBit);
    assertThatThrownBy(() -> GradientCheck.verifySame(training("backends/lecture"), wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "gradients of two forms of \\w+ differ:\n  conv2.bias, element 1: expected \\S+ \\(bits"
                + " \\w{8}\\), found \\S+ \\(bits \\w{8}\\)");
  }

  @Test
  void twoModelsAreNotCompared() throws IOException {
    assertThatThrownBy(
            () ->
                GradientCheck.verifySame(training("backends/lecture"), training("backends/single")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("models with the hashes ");
  }

  @ParameterizedTest
  @CsvSource({
    "backends/lecture, conv1.weight",
    "backends/lecture, conv2.bias",
    "backends/activations, fc1.weight",
    "backends/strides, conv2.weight",
    "networks/lenet28, conv1.weight",
    "networks/lenet28, fc1.weight",
    "networks/winograd, conv2.weight",
  })
  void aGradientThatIsTenPercentTooLargeIsFound(String network, String parameter)
      throws IOException {
    Program wrong = new WrongGradient(training(network), parameter, WrongGradient::tenPercentMore);
    assertThatThrownBy(() -> GradientCheck.verify(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "gradients of \\w+ are wrong:\n  "
                + parameter
                + ", moved along its gradient: the loss changes by \\S+ as the gradient says,"
                + " by \\S+ as measured \\(at most \\S+ apart\\)");
  }

  @ParameterizedTest
  @CsvSource({
    "backends/lecture, conv1.weight",
    "networks/lenet28, conv2.weight",
    "networks/lenet28, fc1.bias",
  })
  void oneWrongElementIsFound(String network, String parameter) throws IOException {
    Program wrong = new WrongGradient(training(network), parameter, WrongGradient::firstElement);
    assertThatThrownBy(() -> GradientCheck.verify(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("are wrong:\n  " + parameter + ", moved ");
  }

  @Test
  void aGradientThatIsNoNumberIsFound() throws IOException {
    Program wrong =
        new WrongGradient(training("backends/lecture"), "conv1.weight", WrongGradient::notANumber);
    assertThatThrownBy(() -> GradientCheck.verify(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("conv1.weight, moved along its gradient: the loss changes by NaN as");
  }

  @Test
  void aProgramThatPredictsHasNone() throws IOException {
    Program prediction =
        Backend.BYTECODE.load(Texts.corpus("graph/nesterov.net").program(ProgramKind.PREDICTION));
    assertThatThrownBy(() -> GradientCheck.verify(prediction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no training program");
  }
}
