package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;

/** The count is never below what either emitter's class has, and not far above. */
class ConstantPoolTest {
  private static final double LARGEST_FACTOR = 1.5;

  private static final String TEXT =
      """
      network Deep {
          input image[2, 96, 96];
          scores = image LAYERS -> flatten -> fc(3) -> tanh -> fc(2);
          output label = scores -> softmax;
          loss cross_entropy(label);
          train { batch = 8; optimizer = adam(rate = 0.001); }
      }
      """
          .replace(
              "LAYERS",
              " -> conv(3, kernel = 3, padding = same) -> mish -> maxpool(3, stride = 1)"
                  .repeat(40));

  @ParameterizedTest
  @EnumSource(ProgramKind.class)
  void estimateIsNeverTooLow(ProgramKind kind) throws IOException {
    CompiledProgram program = Texts.compile(TEXT, kind);
    long estimate = ConstantPool.entries(program.plan());
    int bytecode = entries(program.files().get(0).content());
    int source =
        entries(
            MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())))
                .get(program.className()));
    assertThat(estimate)
        .isBetween((long) bytecode, (long) (bytecode * LARGEST_FACTOR))
        .isBetween((long) source, (long) (source * LARGEST_FACTOR));
  }

  private static int entries(byte[] file) {
    return new ClassReader(file).getItemCount();
  }
}
