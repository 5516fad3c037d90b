package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.constant;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Store;
import org.junit.jupiter.api.Test;

class PassRunnerTest {
  private static final LoopProgram LEGAL =
      PassPrograms.of(
          new Store(OUT_ROW, Index.of(0), new Binary(Binary.Op.ADD, constant(1), constant(2))));
  private static final LoopProgram ILLEGAL =
      PassPrograms.of(new Store(OUT_ROW, Index.of(1000), constant(1)));

  private record NamedPass(String name, UnaryOperator<LoopProgram> rewrite) implements LoopPass {
    @Override
    public LoopProgram apply(LoopProgram program) {
      return rewrite.apply(program);
    }
  }

  @Test
  void recordsWhatEachPassDid() {
    PassRunner.Result result =
        PassRunner.verifying(List.of(new UnrollLoops(), new FoldConstants())).run(LEGAL);
    assertThat(result.steps())
        .extracting(PassRunner.Step::name)
        .containsExactly("unroll-loops", "fold-constants");
    assertThat(result.steps()).extracting(PassRunner.Step::changed).containsExactly(false, true);
    PassRunner.Step folding = result.steps().get(1);
    assertThat(folding.before()).isSameAs(LEGAL);
    assertThat(folding.textAfter()).isEqualTo(LoopPrinter.print(result.program()));
    assertThat(folding.textAfter()).contains("out[0] = 3.0");
    assertThat(folding.time()).isPositive();
  }

  @Test
  void anIllegalResultNamesThePass() {
    LoopPass breaking = new NamedPass("break-things", program -> ILLEGAL);
    assertThatThrownBy(() -> PassRunner.verifying(List.of(breaking)).run(LEGAL))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContainingAll("after pass break-things", "function work", "out[1000] = 1.0");
    assertThat(PassRunner.trusting(List.of(breaking)).run(LEGAL).program()).isSameAs(ILLEGAL);
  }

  @Test
  void anIllegalProgramIsRefusedBeforeTheFirstPass() {
    assertThatThrownBy(() -> PassRunner.verifying(List.of(new UnrollLoops())).run(ILLEGAL))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("before the first pass");
  }

  @Test
  void aPassThatFailsIsNamed() {
    LoopPass failing =
        new NamedPass(
            "fail",
            program -> {
              throw new IllegalArgumentException("so it is");
            });
    assertThatThrownBy(() -> PassRunner.trusting(List.of(failing)).run(LEGAL))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("in pass fail: so it is");
  }

  @Test
  void namesOfPassesAreUnique() {
    assertThatThrownBy(() -> PassRunner.verifying(List.of(new UnrollLoops(), new UnrollLoops())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unroll-loops");
  }
}
