package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.transform.PassPrograms.IN_ROW;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.bodyOf;

import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RectifyByComparisonTest {
  private static final IndexVar LANE = new IndexVar("lane", 0, 31);
  private static final Expr X = new Var("x", ValueType.VECTOR);

  private static Expr all(float value) {
    return new Broadcast(new Const(value));
  }

  private static Expr max(Expr left, Expr right) {
    return new Binary(Binary.Op.MAX, left, right);
  }

  /** Binds x, then stores a value. */
  private static LoopProgram vectors(Expr x, Expr value) {
    return PassPrograms.of(
        new For(
            LANE,
            Index.of(0),
            Index.of(32),
            For.Kind.VECTOR,
            Block.of(new Let("x", x), new Store(OUT_ROW, LANE, value))));
  }

  private static Expr loaded() {
    return new Load(IN_ROW, LANE, ValueType.VECTOR);
  }

  private static String rectify(LoopProgram before) {
    return bodyOf(SameMeaning.apply(new RectifyByComparison(), before));
  }

  private static void assertLeavesAlone(LoopProgram before) {
    assertThat(new RectifyByComparison().apply(before)).isSameAs(before);
  }

  @Test
  void comparesAndSelects() {
    assertThat(rectify(vectors(loaded(), max(X, all(0))))).contains("<=").doesNotContain("max");
  }

  @Test
  void findsItInsideOfOthers() {
    Expr sum = new Binary(Binary.Op.ADD, max(X, all(0)), all(1));
    assertThat(rectify(vectors(loaded(), sum))).contains("<=").doesNotContain("max");
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
      })
  void everyValueKeepsItsBits(float value) {
    assertThat(rectify(vectors(all(value), max(X, all(0))))).doesNotContain("max");
  }

  @Test
  void leavesOtherBounds() {
    assertLeavesAlone(vectors(loaded(), max(X, all(-0f))));
    assertLeavesAlone(vectors(loaded(), max(X, all(1))));
    assertLeavesAlone(vectors(loaded(), max(X, X)));
    assertLeavesAlone(vectors(loaded(), new Binary(Binary.Op.MIN, X, all(0))));
  }

  @Test
  void leavesWhatWouldBeComputedTwice() {
    assertLeavesAlone(vectors(loaded(), max(new Binary(Binary.Op.ADD, X, all(1)), all(0))));
  }

  @Test
  void leavesSingleElements() {
    assertLeavesAlone(
        PassPrograms.of(
            new Let("y", PassPrograms.in(0)),
            new Store(
                OUT_ROW, Index.of(0), max(PassPrograms.scalar("y"), PassPrograms.constant(0)))));
  }
}
