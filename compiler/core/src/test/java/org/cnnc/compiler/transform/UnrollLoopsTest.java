package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.bodyOf;
import static org.cnnc.compiler.transform.PassPrograms.constant;
import static org.cnnc.compiler.transform.PassPrograms.in;
import static org.cnnc.compiler.transform.PassPrograms.scalar;

import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.junit.jupiter.api.Test;

class UnrollLoopsTest {
  private static final IndexVar Y = new IndexVar("y", 0, 9);
  private static final IndexVar K = new IndexVar("k", 0, 1);
  private static final IndexVar J = new IndexVar("j", -1, 0);

  private static For unrolled(IndexVar index, Stmt... body) {
    return new For(
        index, Index.of(index.min()), Index.of(index.max() + 1), For.Kind.UNROLLED, Block.of(body));
  }

  private static String unroll(LoopProgram before) {
    return bodyOf(SameMeaning.apply(new UnrollLoops(), before));
  }

  @Test
  void copiesTheBodyWithConstantsAndNewNames() {
    LoopProgram before =
        PassPrograms.of(
            For.serial(
                Y,
                Index.of(10),
                Block.of(
                    new Let("sum", constant(0)),
                    unrolled(
                        K,
                        new Let("w", in(K.times(3).plus(Y))),
                        new Assign("sum", new Fma(scalar("w"), in(Y.plus(K)), scalar("sum")))),
                    new Store(OUT_ROW, Y, scalar("sum")))));
    assertThat(unroll(before))
        .isEqualTo(
            """
            for y in 0..10:
              let sum = 0.0
              let w_0 = in[y]
              sum = fma(w_0, in[y], sum)
              let w_1 = in[y + 3]
              sum = fma(w_1, in[y + 1], sum)
              out[y] = sum
            """);
  }

  @Test
  void unrollsNestedLoops() {
    LoopProgram before =
        PassPrograms.of(
            unrolled(
                K,
                unrolled(
                    J,
                    new Let("w", in(K.times(10).plus(J).plus(1))),
                    new Store(OUT_ROW, K.times(4).plus(J).plus(1), scalar("w")))));
    assertThat(unroll(before))
        .isEqualTo(
            """
            let w_m1_0 = in[0]
            out[0] = w_m1_0
            let w_0_0 = in[1]
            out[1] = w_0_0
            let w_m1_1 = in[10]
            out[4] = w_m1_1
            let w_0_1 = in[11]
            out[5] = w_0_1
            """);
  }

  @Test
  void newNamesAvoidThoseInUse() {
    LoopProgram before =
        PassPrograms.of(
            new Let("w_0", in(5)),
            unrolled(
                K,
                new Let("w", in(K)),
                new Store(OUT_ROW, K, new Fma(scalar("w"), in(9), scalar("w_0")))));
    assertThat(unroll(before))
        .isEqualTo(
            """
            let w_0 = in[5]
            let w_0_2 = in[0]
            out[0] = fma(w_0_2, in[9], w_0)
            let w_1 = in[1]
            out[1] = fma(w_1, in[9], w_0)
            """);
  }

  @Test
  void keepsProgramsWithoutUnrolledLoops() {
    LoopProgram before = PassPrograms.of(For.serial(Y, Index.of(10), new Store(OUT_ROW, Y, in(Y))));
    assertThat(new UnrollLoops().apply(before)).isSameAs(before);
  }

  @Test
  void aLoopThatNeverRunsLeavesNothing() {
    LoopProgram before =
        PassPrograms.of(
            new For(K, Index.of(0), Index.of(0), For.Kind.UNROLLED, new Store(OUT_ROW, K, in(K))),
            new Store(OUT_ROW, Index.of(9), in(0)));
    assertThat(unroll(before)).isEqualTo("out[9] = in[0]\n");
  }
}
