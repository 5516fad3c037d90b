package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.CodeSize;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.transform.FlattenBlocks;
import org.cnnc.compiler.transform.FoldConstants;
import org.cnnc.compiler.transform.LoopPass;
import org.cnnc.compiler.transform.PassRunner;
import org.cnnc.compiler.transform.RectifyByComparison;
import org.cnnc.compiler.transform.SimplifyIndices;
import org.cnnc.compiler.transform.SplitLargeFunctions;
import org.cnnc.compiler.transform.UnrollLoops;
import org.cnnc.compiler.transform.VectorizeLoops;

/** The passes over a loop program, in order. */
final class LoopPasses {
  /**
   * Bytes of bytecode: a quarter of what HotSpot refuses to compile, so that C2 has room to inline.
   */
  private static final int METHOD_BUDGET = 2000;

  /** HotSpot never compiles a method above. */
  private static final int HUGE_METHOD = 8000;

  private LoopPasses() {}

  /** Each result is verified; a violation names the pass. */
  static PassRunner.Result apply(LoopProgram program, Target target) {
    return PassRunner.verifying(of(target)).run(program);
  }

  static List<LoopPass> of(Target target) {
    List<LoopPass> passes = new ArrayList<>();
    passes.add(new UnrollLoops());
    passes.add(new SimplifyIndices()); // after unrolling, which leaves sums of constants
    passes.add(new FoldConstants());
    if (target == Target.VECTOR) {
      passes.add(new VectorizeLoops());
      passes.add(new RectifyByComparison()); // of the vectors that loops have become, too
    }
    passes.add(new FlattenBlocks());
    passes.add(
        new SplitLargeFunctions(CodeSize::of, METHOD_BUDGET, HUGE_METHOD)); // last: sizes are final
    return passes;
  }
}
