package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.bodyOf;
import static org.cnnc.compiler.transform.PassPrograms.constant;
import static org.cnnc.compiler.transform.PassPrograms.in;
import static org.cnnc.compiler.transform.PassPrograms.scalar;

import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.junit.jupiter.api.Test;

class VectorizeLoopsTest {
  private static final IndexVar I = new IndexVar("i", 0, 39);

  private static LoopProgram loop(Stmt... body) {
    return PassPrograms.of(For.serial(I, Index.of(40), Block.of(body)));
  }

  private static String vectorize(LoopProgram before) {
    return bodyOf(SameMeaning.apply(new VectorizeLoops(), before));
  }

  private static void assertLeavesAlone(Stmt... body) {
    LoopProgram before = loop(body);
    assertThat(SameMeaning.apply(new VectorizeLoops(), before)).isSameAs(before);
  }

  private static Binary add(Expr a, Expr b) {
    return new Binary(Binary.Op.ADD, a, b);
  }

  @Test
  void wholeVectorsFirstThenTheRest() {
    LoopProgram before =
        loop(
            new Let("x", in(I.plus(3))),
            new Let("sum", in(0)),
            new Assign("sum", add(scalar("sum"), scalar("x"))),
            new Store(
                OUT_ROW,
                I,
                new Select(
                    Select.Comparison.LESS,
                    scalar("sum"),
                    constant(0),
                    new Load(OUT_ROW, I, ValueType.SCALAR),
                    scalar("sum"))));
    assertThat(vectorize(before))
        .contains("vector for i in 0..32:\n")
        .contains("in[i + 3 ..]", "broadcast(in[0])", "out[i ..] = ")
        .contains("for i in 32..40:\n");
  }

  @Test
  void loopsThatFillVectorsLeaveNoRest() {
    IndexVar i = new IndexVar("i", 8, 39);
    LoopProgram before =
        PassPrograms.of(
            new For(i, Index.of(8), Index.of(40), For.Kind.SERIAL, new Store(OUT_ROW, i, in(i))));
    assertThat(vectorize(before)).startsWith("vector for i in 8..40:").doesNotContain("\nfor");
  }

  @Test
  void leavesLoopsThatAreTooShort() {
    IndexVar i = new IndexVar("i", 0, 14);
    LoopProgram before = PassPrograms.of(For.serial(i, Index.of(15), new Store(OUT_ROW, i, in(i))));
    assertThat(new VectorizeLoops().apply(before)).isSameAs(before);
  }

  @Test
  void leavesRoundsThatTouchWhatOthersStore() {
    assertLeavesAlone(
        new Store(OUT_ROW, I.plus(1), add(new Load(OUT_ROW, I, ValueType.SCALAR), constant(1))));
    assertLeavesAlone(
        new Store(OUT_ROW, I, add(new Load(OUT_ROW, Index.of(0), ValueType.SCALAR), constant(1))));
  }

  @Test
  void placesOfARowMayBeApartByTheWholeLoop() {
    IndexVar i = new IndexVar("i", 0, 15);
    LoopProgram apart =
        PassPrograms.of(
            For.serial(
                i,
                Index.of(16),
                Block.of(
                    new Store(OUT_ROW, i, in(i)), new Store(OUT_ROW, i.plus(16), in(i.plus(8))))));
    assertThat(vectorize(apart)).startsWith("vector for i in 0..16:").doesNotContain("\nfor");
    LoopProgram meeting =
        PassPrograms.of(
            For.serial(
                i,
                Index.of(16),
                Block.of(
                    new Store(OUT_ROW, i, in(i)), new Store(OUT_ROW, i.plus(15), in(i.plus(8))))));
    assertThat(SameMeaning.apply(new VectorizeLoops(), meeting)).isSameAs(meeting);
  }

  @Test
  void leavesWhatDoesNotAdvanceByOne() {
    assertLeavesAlone(new Store(OUT_ROW, I.times(2), in(I)));
    assertLeavesAlone(new Store(OUT_ROW, I, in(I.times(2))));
    assertLeavesAlone(new Store(OUT_ROW, I, in(I.plus(I))));
    assertLeavesAlone(new Store(OUT_ROW, I, in(I.dividedBy(2))));
    assertLeavesAlone(new Store(OUT_ROW, I, new IndexToFloat(I)));
  }

  @Test
  void leavesSumsAcrossRoundsAndFunctions() {
    LoopProgram sum =
        PassPrograms.of(
            new Let("sum", constant(0)),
            For.serial(
                I,
                Index.of(40),
                Block.of(
                    new Assign("sum", add(scalar("sum"), in(I))),
                    new Store(OUT_ROW, I, scalar("sum")))));
    assertThat(new VectorizeLoops().apply(sum)).isSameAs(sum);
    assertLeavesAlone(new Store(OUT_ROW, I, new IntrinsicCall(IntrinsicCall.Intrinsic.EXP, in(I))));
  }
}
