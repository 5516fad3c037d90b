package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.CodeSize;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.RandomLoopPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pass keeps every bit of random programs, alone and one after the other. */
class RandomProgramPassesTest {
  private static final int PROGRAMS = 40;
  private static final int BUDGET = 2000;

  static List<LoopPass> passes() {
    return List.of(new UnrollLoops(), new SimplifyIndices(), new FoldConstants());
  }

  @ParameterizedTest
  @MethodSource("passes")
  void keepsMeaningAndIsIdempotent(LoopPass pass) {
    int changed = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      LoopProgram before = RandomLoopPrograms.of(seed);
      LoopProgram after = SameMeaning.apply(pass, before);
      changed += after.equals(before) ? 0 : 1;
      assertThat(LoopPrinter.print(pass.apply(after)))
          .as(pass.name() + " again, seed " + seed)
          .isEqualTo(LoopPrinter.print(after));
    }
    assertThat(changed).isGreaterThan(PROGRAMS / 2);
  }

  @Test
  void splittingAfterUnrollingKeepsMeaningAndBudget() {
    int split = 0;
    int unsplittable = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      LoopProgram unrolled = new UnrollLoops().apply(RandomLoopPrograms.of(seed));
      LoopProgram after;
      try {
        after = SameMeaning.apply(new SplitLargeFunctions(CodeSize::of, BUDGET, BUDGET), unrolled);
      } catch (InternalCompilerError e) {
        assertThat(e).hasMessageContaining("cannot be split");
        unsplittable++;
        continue;
      }
      for (LoopFunction function : after.functions()) {
        assertThat(CodeSize.of(function)).as(function.name()).isLessThanOrEqualTo(BUDGET);
      }
      split += after.equals(unrolled) ? 0 : 1;
    }
    assertThat(split).isGreaterThan(PROGRAMS / 4);
    assertThat(unsplittable).isLessThan(PROGRAMS / 4);
  }

  @Test
  void allPassesInARowKeepMeaning() {
    for (long seed = PROGRAMS; seed < 2 * PROGRAMS; seed++) {
      List<LoopPass> passes =
          List.of(new UnrollLoops(), new SimplifyIndices(), new FoldConstants());
      LoopPass whole =
          new LoopPass() {
            @Override
            public String name() {
              return "all";
            }

            @Override
            public LoopProgram apply(LoopProgram program) {
              return PassRunner.verifying(new ArrayList<>(passes)).run(program).program();
            }
          };
      SameMeaning.apply(whole, RandomLoopPrograms.of(seed));
    }
  }
}
