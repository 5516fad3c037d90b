package org.cnnc.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the first layer's backward pass is made of, by the gradients that are asked for. */
class KeptGradientsTest {
  private static final String GRADIENT = "d_image";
  private static final String OPERATION = "conv1.d_input";

  private static final String NETWORK =
      """
      network Pictures {
          input image[3, 8, 8];
          output label = image -> conv(4, kernel = 3) -> relu -> conv(5, kernel = 3) -> relu
              -> flatten -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { batch = 4; }
      }
      """;

  /** Of neither target: no operation, no memory, no code. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void theGradientOfTheImageIsNotComputed(Target target) {
    CompiledProgram usual = compile(CompilerOptions.DEFAULT.withTargets(target));
    assertThat(operations(usual)).contains("conv1.d_parameters").doesNotContain(OPERATION);
    assertThat(operations(usual)).contains("conv2.d_input");
    assertThat(tensors(usual)).contains("d_conv2").doesNotContain(GRADIENT);
    assertThat(functions(usual))
        .anyMatch(name -> name.startsWith("conv2DInput"))
        .noneMatch(name -> name.startsWith("conv1DInput"));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeptGradients.class,
      names = {"IMAGE", "PARAMETERS_AND_IMAGE"})
  void itIsForWhoAsks(KeptGradients kept) {
    CompiledProgram asked = compile(CompilerOptions.DEFAULT.withKeptGradients(kept));
    assertThat(operations(asked)).contains("conv1.d_parameters", OPERATION);
    assertThat(tensors(asked)).contains(GRADIENT);
    assertThat(functions(asked)).anyMatch(name -> name.startsWith("conv1DInput"));
  }

  private static CompiledProgram compile(CompilerOptions options) {
    return Texts.compile("test.net", NETWORK, options.withPrograms(ProgramKind.TRAINING))
        .program(ProgramKind.TRAINING);
  }

  private static List<String> operations(CompiledProgram program) {
    return program.step().graph().operations().stream().map(Operation::name).toList();
  }

  /** Those that operations write. */
  private static List<String> tensors(CompiledProgram program) {
    return program.step().graph().operations().stream()
        .flatMap(operation -> operation.outputs().stream())
        .map(Tensor::name)
        .toList();
  }

  private static List<String> functions(CompiledProgram program) {
    return program.plan().program().functions().stream().map(function -> function.name()).toList();
  }
}
