package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.MethodPlan;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** Both programs of every network of the corpus, from both emitters. */
final class GeneratedClassesTest {
  /** HotSpot compiles no method with more bytecode. */
  private static final int HARD_LIMIT = 8000;

  /** What a kernel may have, so that it is compiled soon and well. */
  private static final int KERNEL_LIMIT = 2000;

  static Stream<String> corpus() {
    return ClassFiles.corpus();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void everyMethodIsSmallEnoughToBeCompiledWell(String network) throws IOException {
    for (CompiledProgram program : Texts.corpus(network).programs()) {
      List<String> kernels = program.plan().methods().stream().map(MethodPlan::name).toList();
      Map<String, byte[]> files = new LinkedHashMap<>(ClassFiles.emitted(program));
      files.putAll(ClassFiles.compiledFromSource(program));
      assertThat(files).hasSize(4);
      files.forEach((file, content) -> assertMethodsAreSmall(file, content, kernels));
    }
  }

  private static void assertMethodsAreSmall(String file, byte[] content, List<String> kernels) {
    MethodSizes.of(content)
        .forEach(
            (method, size) -> {
              boolean kernel = kernels.contains(method.substring(0, method.indexOf('(')));
              assertThat(size)
                  .as(file + ": " + method)
                  .isLessThanOrEqualTo(kernel ? KERNEL_LIMIT : HARD_LIMIT);
            });
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void bytecodeIsAsTheVirtualMachineWantsIt(String network) throws IOException {
    for (CompiledProgram program : Texts.corpus(network).programs()) {
      MemoryLoader loader = MemoryLoader.of(BytecodeEmitter.emit(program.plan()));
      ClassFiles.emitted(program).forEach((path, file) -> assertVerified(path, file, loader));
    }
  }

  private static void assertVerified(String path, byte[] content, ClassLoader loader) {
    StringWriter complaints = new StringWriter();
    CheckClassAdapter.verify(
        new ClassReader(content), loader, false, new PrintWriter(complaints, true));
    assertThat(complaints.toString()).as(path).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void compilingTwiceGivesTheSameBytes(String network) throws IOException {
    List<CompiledProgram> once = Texts.corpus(network).programs();
    List<CompiledProgram> again = Texts.corpus(network).programs();
    assertThat(once).hasSize(2);
    for (int i = 0; i < once.size(); i++) {
      ClassPlan first = once.get(i).plan();
      ClassPlan second = again.get(i).plan();
      assertThat(JavaSourceEmitter.emit(second).content())
          .isEqualTo(JavaSourceEmitter.emit(first).content());
      for (int file = 0; file < 2; file++) {
        assertThat(BytecodeEmitter.emit(second).get(file).content())
            .isEqualTo(BytecodeEmitter.emit(first).get(file).content());
      }
    }
  }
}
