package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.bodyOf;
import static org.cnnc.compiler.transform.PassPrograms.constant;
import static org.cnnc.compiler.transform.PassPrograms.in;

import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexMinimum;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Store;
import org.junit.jupiter.api.Test;

class SimplifyIndicesTest {
  private static final IndexVar Y = new IndexVar("y", 0, 9);
  private static final IndexVar X = new IndexVar("x", 0, 27);
  private static final IndexVar ONCE = new IndexVar("once", 3, 3);

  private static LoopProgram storing(Index index) {
    return PassPrograms.of(
        For.serial(
            Y,
            Index.of(10),
            For.serial(
                X,
                Index.of(28),
                new For(
                    ONCE,
                    Index.of(3),
                    Index.of(4),
                    For.Kind.SERIAL,
                    new Store(OUT_ROW, Y.times(28).plus(X), new IndexToFloat(index))))));
  }

  private static String simplify(Index index) {
    String line = bodyOf(SameMeaning.apply(new SimplifyIndices(), storing(index))).strip();
    return line.substring(line.indexOf("float(") + 6, line.length() - 1);
  }

  @Test
  void constantsMoveToTheEnd() {
    assertThat(simplify(Y.plus(1).times(30).plus(X.plus(2)))).isEqualTo("y * 30 + x + 32");
    assertThat(simplify(new IndexSum(Index.of(2), Index.of(3)))).isEqualTo("5");
    assertThat(simplify(new IndexSum(Y, Index.of(0)))).isEqualTo("y");
    assertThat(simplify(Y.plus(X).plus(5).times(4))).isEqualTo("(y + x) * 4 + 20");
  }

  @Test
  void productsAndEqualTermsAreJoined() {
    assertThat(simplify(new IndexProduct(Y, 1))).isEqualTo("y");
    assertThat(simplify(new IndexProduct(Y, 0))).isEqualTo("0");
    assertThat(simplify(Y.times(3).times(4))).isEqualTo("y * 12");
    assertThat(simplify(Y.plus(X).plus(Y.times(2)))).isEqualTo("y * 3 + x");
    assertThat(simplify(Y.plus(X).plus(Y.times(-1)))).isEqualTo("x");
  }

  @Test
  void rangesDecideMinimaQuotientsAndRemainders() {
    assertThat(simplify(new IndexMinimum(X, Index.of(40)).plus(X.times(2)))).isEqualTo("x * 3");
    assertThat(simplify(new IndexMinimum(X, X))).isEqualTo("x");
    assertThat(simplify(new IndexMinimum(X, Index.of(20)))).isEqualTo("min(x, 20)");
    assertThat(simplify(X.dividedBy(28))).isEqualTo("0");
    assertThat(simplify(X.remainder(28))).isEqualTo("x");
    assertThat(simplify(X.remainder(27))).isEqualTo("x % 27");
  }

  @Test
  void digitsOfASumAreItsTerms() {
    Index flat = Y.times(28).plus(X);
    assertThat(simplify(flat.dividedBy(28))).isEqualTo("y");
    assertThat(simplify(flat.remainder(28))).isEqualTo("x");
    assertThat(simplify(flat.dividedBy(14))).isEqualTo("(y * 28 + x) / 14");
    assertThat(simplify(flat.plus(1).dividedBy(28))).isEqualTo("(y * 28 + x + 1) / 28");
    assertThat(simplify(Y.times(28).plus(57).dividedBy(28))).isEqualTo("y + 2");
    assertThat(simplify(X.dividedBy(3).dividedBy(4))).isEqualTo("x / 12");
  }

  @Test
  void aVariableWithOneValueIsThatValue() {
    assertThat(simplify(ONCE.times(5).plus(Y))).isEqualTo("y + 15");
  }

  @Test
  void theVariableOfAVectorLoopStays() {
    LoopProgram before =
        PassPrograms.of(
            new For(
                ONCE,
                Index.of(3),
                Index.of(4),
                For.Kind.VECTOR,
                new Store(OUT_ROW, new IndexSum(Index.of(1), ONCE), new Broadcast(constant(2)))));
    assertThat(bodyOf(SameMeaning.apply(new SimplifyIndices(), before)))
        .isEqualTo(
            """
            vector for once in 3..4:
              out[once + 1 ..] = broadcast(2.0)
            """);
  }

  @Test
  void keepsWhatIsSimple() {
    LoopProgram before =
        PassPrograms.of(
            For.serial(
                Y, Index.of(10), new Store(OUT_ROW, Y.times(3).plus(1), in(Y.remainder(4)))));
    assertThat(new SimplifyIndices().apply(before)).isSameAs(before);
  }
}
