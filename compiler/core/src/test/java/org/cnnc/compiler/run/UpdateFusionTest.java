package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation.GradientUpdate;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.compiler.train.Tensor.Role;
import org.cnnc.runtime.ProgramInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gradients that the optimizer takes where they are summed have the bits of those that are kept.
 */
final class UpdateFusionTest {
  private static final int STEPS = 3;

  private static String text(String optimizer, int batch, String layers) {
    return """
        network Learning {
            input image[2, 9, 7];
            output label = image -> %s -> softmax;
            loss cross_entropy(label);
            train { optimizer = %s; batch = %d; }
        }
        """
        .formatted(layers, optimizer, batch);
  }

  /**
   * Convolutions with one block of images and with several, whose kernel rows are padded or not;
   * fully connected layers with fewer outputs than tasks, with twos and fours of them, and a rest.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sgd(rate = 0.1)                                                    | 1  | conv(5, kernel = 3) -> relu -> flatten -> fc(64) -> relu -> fc(3)
          sgd(rate = 0.1)                                                    | 7  | conv(5, kernel = [2, 3]) -> relu -> flatten -> fc(65) -> fc(4)
          sgd(rate = 0.1, weight_decay = 0.01)                               | 9  | conv(4, kernel = 3, bias = false) -> maxpool(2) -> flatten -> fc(35, bias = false) -> fc(2)
          sgd(rate = 0.1, momentum = 0.9)                                    | 1  | flatten -> fc(130) -> tanh -> fc(17)
          sgd(rate = 0.1, momentum = 0.9)                                    | 20 | conv(16, kernel = 3) -> relu -> flatten -> fc(67) -> relu -> fc(10)
          sgd(rate = 0.1, momentum = 0.9, nesterov = true, weight_decay = 1) | 5  | flatten -> fc(1) -> fc(32)
          adam(rate = 0.01)                                                  | 1  | conv(3, kernel = 3) -> relu -> flatten -> fc(33) -> fc(5)
          adam(rate = 0.01, beta1 = 0, weight_decay = 0.1)                   | 20 | conv(3, kernel = 3) -> avgpool(2) -> flatten -> fc(66) -> relu -> fc(5)
          """)
  void whatIsLearntStaysTheSame(String optimizer, int batch, String layers) throws IOException {
    String text = text(optimizer, batch, layers);
    CompilationResult keeping = compile(text, Target.PLAIN, KeptGradients.PARAMETERS);
    int classes = Texts.classes(keeping);
    CompiledProgram kept = keeping.program(ProgramKind.TRAINING);
    assertThat(fused(kept)).isZero();
    Observed expected =
        Observed.training(InterpretedProgram.beforePasses(kept), classes, STEPS, 1)
            .withoutGradients();
    for (Target target : Target.values()) {
      CompiledProgram program =
          compile(text, target, KeptGradients.NONE).program(ProgramKind.TRAINING);
      assertThat(fused(program)).isEqualTo(layers.split("fc\\(", -1).length - 1);
      Observed.training(Backend.BYTECODE.load(program), classes, STEPS, 3)
          .assertSameAs(expected, text + target);
      for (int lanes : target == Target.PLAIN ? List.of(4) : List.of(4, ValueType.MAX_LANES)) {
        Observed.training(new InterpretedProgram(program, lanes), classes, STEPS, 1)
            .assertSameAs(expected, text + target + ", " + lanes + " lanes interpreted");
      }
      Observed.training(
              Backend.BYTECODE.load(
                  compile(text, target, KeptGradients.PARAMETERS).program(ProgramKind.TRAINING)),
              classes,
              STEPS,
              2)
          .withoutGradients()
          .assertSameAs(expected, text + target + ", kept");
    }
  }

  private static CompilationResult compile(String text, Target target, KeptGradients kept) {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(ProgramKind.TRAINING)
            .withTargets(target)
            .withKeptGradients(kept);
    return Texts.compile("test.net", text, options);
  }

  private static long fused(CompiledProgram program) {
    return program.step().graph().operations().stream()
        .filter(operation -> operation.computation() instanceof GradientUpdate)
        .count();
  }

  @Test
  void gradientsAreKeptForWhoeverAsks() throws IOException {
    String text = text("sgd(rate = 0.1)", 20, "conv(3, kernel = 3) -> flatten -> fc(2)");
    CompiledProgram kept =
        compile(text, Target.VECTOR, KeptGradients.PARAMETERS).program(ProgramKind.TRAINING);
    assertThat(info(kept).gradients())
        .extracting(ProgramInfo.NamedBuffer::name)
        .containsExactly("fc1.weight", "fc1.bias", "conv1.weight", "conv1.bias");
    CompiledProgram shipped =
        compile(text, Target.VECTOR, KeptGradients.NONE).program(ProgramKind.TRAINING);
    assertThat(info(shipped).gradients()).isEmpty();
  }

  private static ProgramInfo info(CompiledProgram program) throws IOException {
    return ProgramInfo.parse(Backend.BYTECODE.load(program).description());
  }

  /** By the shapes: fc1's weight is 300 x 1000, of which each worker has four rows. */
  @Test
  void gradientsThatAreNotKeptTakeNoMemory() {
    String text =
        """
        network Wide {
            input image[1, 25, 40];
            output label = image -> flatten -> fc(300, bias = false) -> fc(2, bias = false) -> softmax;
            loss cross_entropy(label);
            train { optimizer = sgd(rate = 0.1); batch = 2; }
        }
        """;
    CompiledProgram kept =
        compile(text, Target.PLAIN, KeptGradients.PARAMETERS).program(ProgramKind.TRAINING);
    CompiledProgram shipped =
        compile(text, Target.PLAIN, KeptGradients.NONE).program(ProgramKind.TRAINING);
    long weights = 4L * (300 * 1000 + 2 * 300);
    assertThat(
            kept.memory().bytes(Buffer.Scope.SHARED) - shipped.memory().bytes(Buffer.Scope.SHARED))
        .isEqualTo(weights);
    assertThat(
            shipped.memory().bytes(Buffer.Scope.WORKER) - kept.memory().bytes(Buffer.Scope.WORKER))
        .isBetween(0L, 4L * 4 * 1000);
    assertThat(shipped.step().graph().withRole(Role.PARAMETER_GRADIENT)).isEmpty();
  }
}
