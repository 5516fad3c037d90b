package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cnnc.compiler.transform.PassPrograms.IN_ROW;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.constant;
import static org.cnnc.compiler.transform.PassPrograms.functionsOf;
import static org.cnnc.compiler.transform.PassPrograms.in;
import static org.cnnc.compiler.transform.PassPrograms.scalar;

import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.junit.jupiter.api.Test;

class SplitLargeFunctionsTest {
  private static final IndexVar Y = new IndexVar("y", 0, 9);

  /** Lines of text stand for bytes. */
  private static int lines(LoopFunction function) {
    return (int) LoopPrinter.print(function.body()).lines().count();
  }

  private static String split(int budget, Stmt... body) {
    SplitLargeFunctions pass =
        new SplitLargeFunctions(SplitLargeFunctionsTest::lines, budget, budget);
    return functionsOf(SameMeaning.apply(pass, PassPrograms.of(body)));
  }

  private static Stmt store(Index index, Expr value) {
    return new Store(OUT_ROW, index, value);
  }

  private static Stmt store(int index) {
    return store(Index.of(index), in(index));
  }

  private static Expr sum(Expr left, Expr right) {
    return new Binary(Binary.Op.ADD, left, right);
  }

  @Test
  void movesRunsOfStatementsUntilTheRestFits() {
    assertThat(split(3, store(0), store(1), store(2), store(3), store(4)))
        .isEqualTo(
            """
            // the work, part 1
            function work_part1():  // line 3
              out[0] = in[0]
              out[1] = in[1]
              out[2] = in[2]
            // the work
            function work(task in 0..1, n in 1..3):  // line 3
              call work_part1()
              out[3] = in[3]
              out[4] = in[4]
            """);
  }

  @Test
  void passesWhatARunReads() {
    ArrayVar row = new ArrayVar("row", 1000);
    assertThat(
            split(
                4,
                new LetArray("row", IN_ROW),
                new Let("scale", in(3)),
                For.serial(
                    Y,
                    Index.of(10),
                    store(Y, sum(new Load(row, Y, ValueType.SCALAR), scalar("scale")))),
                store(Index.of(20), sum(new Load(row, PassPrograms.N, ValueType.SCALAR), in(1))),
                store(Index.of(21), scalar("scale"))))
        .isEqualTo(
            """
            // the work, part 1
            function work_part1(row: float[1000], scale: float, n in 1..3):  // line 3
              for y in 0..10:
                out[y] = row[y] + scale
              out[20] = row[n] + in[1]
              out[21] = scale
            // the work
            function work(task in 0..1, n in 1..3):  // line 3
              array row = in
              let scale = in[3]
              call work_part1(row, scale, n)
            """);
  }

  @Test
  void keepsAccumulatorsWithTheirLoops() {
    Stmt accumulation = For.serial(Y, Index.of(10), new Assign("sum", sum(scalar("sum"), in(Y))));
    assertThat(
            split(
                4,
                store(0),
                new Let("sum", constant(0)),
                accumulation,
                store(Index.of(1), scalar("sum")),
                store(2)))
        .isEqualTo(
            """
            // the work, part 1
            function work_part1():  // line 3
              let sum = 0.0
              for y in 0..10:
                sum = sum + in[y]
              out[1] = sum
            // the work
            function work(task in 0..1, n in 1..3):  // line 3
              out[0] = in[0]
              call work_part1()
              out[2] = in[2]
            """);
  }

  @Test
  void looksIntoLoopsThatAreTooLargeByThemselves() {
    Stmt loop =
        For.serial(
            Y,
            Index.of(10),
            Block.of(
                store(Y, in(Y)), store(Y.plus(10), in(Y)), store(Y.plus(20), in(Y)), store(90)));
    assertThat(split(4, loop))
        .isEqualTo(
            """
            // the work, part 1
            function work_part1(y in 0..10):  // line 3
              out[y] = in[y]
              out[y + 10] = in[y]
              out[y + 20] = in[y]
              out[90] = in[90]
            // the work
            function work(task in 0..1, n in 1..3):  // line 3
              for y in 0..10:
                call work_part1(y)
            """);
  }

  @Test
  void emptiesALoopThatAssignsALocalAroundIt() {
    Stmt loop =
        For.serial(
            Y,
            Index.of(10),
            Block.of(store(Y, in(Y)), store(Y.plus(10), in(Y)), new Assign("sum", in(Y))));
    assertThat(split(5, new Let("sum", constant(0)), loop, store(Index.of(99), scalar("sum"))))
        .isEqualTo(
            """
            // the work, part 1
            function work_part1(y in 0..10):  // line 3
              out[y] = in[y]
              out[y + 10] = in[y]
            // the work
            function work(task in 0..1, n in 1..3):  // line 3
              let sum = 0.0
              for y in 0..10:
                call work_part1(y)
                sum = in[y]
              out[99] = sum
            """);
  }

  @Test
  void callsOfManyPartsAreMovedThemselves() {
    Stmt[] body = new Stmt[30];
    for (int i = 0; i < body.length; i++) {
      body[i] = store(i);
    }
    SplitLargeFunctions pass = new SplitLargeFunctions(SplitLargeFunctionsTest::lines, 3, 3);
    LoopProgram after = SameMeaning.apply(pass, PassPrograms.of(body));
    assertThat(after.functions()).hasSizeGreaterThan(10).allMatch(part -> lines(part) <= 3);
  }

  @Test
  void keepsProgramsWithinTheBudget() {
    LoopProgram before = PassPrograms.of(store(0), store(1));
    assertThat(new SplitLargeFunctions(SplitLargeFunctionsTest::lines, 2, 2).apply(before))
        .isSameAs(before);
  }

  /** Its sum is a local from the first statement to the last. */
  private static LoopProgram oneSum() {
    return PassPrograms.of(
        new Let("sum", constant(0)),
        new Assign("sum", in(1)),
        new Assign("sum", in(2)),
        store(Index.of(1), scalar("sum")));
  }

  @Test
  void namesAFunctionThatCannotBeSplit() {
    LoopProgram before = oneSum();
    assertThatThrownBy(
            () -> new SplitLargeFunctions(SplitLargeFunctionsTest::lines, 3, 3).apply(before))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("function work cannot be split");
  }

  @Test
  void aFunctionThatCannotBeSplitMayBeAsLargeAsTheLimit() {
    LoopProgram before = oneSum();
    int whole = lines(before.functions().get(0));
    SplitLargeFunctions pass = new SplitLargeFunctions(SplitLargeFunctionsTest::lines, 3, whole);
    assertThat(SameMeaning.apply(pass, before).functions())
        .allMatch(function -> lines(function) <= whole);
    assertThatThrownBy(
            () ->
                new SplitLargeFunctions(SplitLargeFunctionsTest::lines, 3, whole - 1).apply(before))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("function work cannot be split");
  }
}
