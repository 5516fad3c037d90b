package org.cnnc.compiler.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.LaneChoice;
import org.junit.jupiter.api.Test;

/** A layer may have any name: none makes a buffer be called like a local of the loops. */
final class BufferNamesTest {
  private static final class Declared extends LoopWalker {
    private final Set<String> names = new TreeSet<>();

    private void in(LoopFunction function) {
      function.parameters().forEach(parameter -> names.add(parameter.name()));
      function.body().accept(this);
    }

    @Override
    public Void visitFor(For stmt) {
      names.add(stmt.index().name());
      return super.visitFor(stmt);
    }

    @Override
    public Void visitLet(Let stmt) {
      names.add(stmt.name());
      return super.visitLet(stmt);
    }

    @Override
    public Void visitLetArray(LetArray stmt) {
      names.add(stmt.name());
      return super.visitLetArray(stmt);
    }

    @Override
    public Void visitLetIndex(LetIndex stmt) {
      names.add(stmt.variable().name());
      return super.visitLetIndex(stmt);
    }
  }

  @Test
  void noBufferIsNamedLikeALocal() throws IOException {
    Declared declared = new Declared();
    CompilerOptions channels =
        Texts.VECTOR.withMechanical(Texts.VECTOR.mechanical().withLanes(LaneChoice.CHANNELS));
    for (String network :
        List.of(
            "networks/lecture32.net",
            "networks/winograd.net",
            "backends/strides.net",
            "backends/activations.net")) {
      for (int batch : new int[] {1, 32}) {
        for (CompilerOptions options :
            List.of(CompilerOptions.DEFAULT.forJava(25), Texts.VECTOR, channels)) {
          for (CompiledProgram program :
              Texts.corpus(network, options.withBatch(batch)).programs()) {
            program.lowered().functions().forEach(declared::in);
          }
        }
      }
    }
    assertThat(declared.names).contains("imageInGroup", "lastInGroup", "lane", "element0");
    assertThat(declared.names)
        .allSatisfy(name -> assertThat(new BufferNames().allocate(name, "")).isNotEqualTo(name));
  }
}
