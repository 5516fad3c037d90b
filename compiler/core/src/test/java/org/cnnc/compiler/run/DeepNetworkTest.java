package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.emit.GeneratedFile;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Many layers, and so hundreds of buffers and calls: methods are split, and mean the same. */
class DeepNetworkTest {
  private static final int HUGE_METHOD = 8000;

  private static final String TEXT =
      """
      network Deep {
          input image[1, 4, 4];
          scores = image LAYERS -> flatten -> fc(2);
          output label = scores -> softmax;
          loss cross_entropy(label);
          train { batch = 2; }
      }
      """
          .replace("LAYERS", " -> conv(1, kernel = 3, padding = same) -> relu".repeat(60));

  @Test
  void allBackendsAgree() throws IOException {
    Agreement.check(TEXT, true);
  }

  @Test
  void noMethodIsTooLargeForHotSpot() {
    for (CompiledProgram program :
        Texts.compile("deep.net", TEXT, CompilerOptions.DEFAULT).programs()) {
      assertThat(program.plan().program().buffers()).hasSizeGreaterThan(100);
      for (GeneratedFile file : program.files()) {
        ClassNode type = new ClassNode();
        new ClassReader(file.content()).accept(type, 0);
        for (MethodNode method : type.methods) {
          CodeSizeEvaluator size = new CodeSizeEvaluator(null);
          method.accept(size);
          assertThat(size.getMaxSize()).as(file.path() + " " + method.name).isLessThan(HUGE_METHOD);
        }
      }
    }
  }
}
