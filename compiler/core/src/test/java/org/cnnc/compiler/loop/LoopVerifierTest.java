package org.cnnc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.junit.jupiter.api.Test;

class LoopVerifierTest {
  private static final int IMAGES = 4;
  private static final Buffer INPUT = new Buffer("input", Buffer.Scope.SHARED, 4, 40);
  private static final Buffer OUTPUT = new Buffer("output", Buffer.Scope.SHARED, 4, 40);
  private static final Buffer BIAS = new Buffer("bias", Buffer.Scope.MODEL, 1, 8);
  private static final IndexVar I = new IndexVar("i", 0, 7);
  private static final IndexVar TASK = new IndexVar("task", 0, 2);
  private static final IndexVar N = new IndexVar("n", 1, IMAGES);
  private static final ArrayRef BIAS_ROW = new BufferRow(BIAS, Index.of(0));
  private static final Expr ZERO = new Const(0);

  private static LoopFunction function(String name, List<Parameter> parameters, Stmt... body) {
    return new LoopFunction(name, parameters, Block.of(body), "", 1);
  }

  private static LoopProgram program(LoopFunction... functions) {
    return new LoopProgram(
        "test", IMAGES, List.of(INPUT, OUTPUT, BIAS), List.of(functions), List.of());
  }

  private static LoopProgram body(Stmt... body) {
    return program(function("work", List.of(), body));
  }

  private static LoopProgram phases(LoopFunction function, Phase... phases) {
    return new LoopProgram(
        "test", IMAGES, List.of(INPUT, OUTPUT, BIAS), List.of(function), List.of(phases));
  }

  private static ArrayRef row(Buffer buffer, int row) {
    return new BufferRow(buffer, Index.of(row));
  }

  private static Load vector(ArrayRef array, Index index) {
    return new Load(array, index, ValueType.VECTOR);
  }

  private static Load scalar(ArrayRef array, Index index) {
    return new Load(array, index, ValueType.SCALAR);
  }

  private static For vectorLoop(Stmt... body) {
    return new For(I, Index.of(0), Index.of(8), For.Kind.VECTOR, Block.of(body));
  }

  private static void accepts(LoopProgram program) {
    assertThatCode(() -> LoopVerifier.verify(program)).doesNotThrowAnyException();
  }

  private static void rejects(LoopProgram program, String... parts) {
    assertThatThrownBy(() -> LoopVerifier.verify(program))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContainingAll(parts);
  }

  private static LoopFunction phaseFunction(IndexVar task, IndexVar n) {
    return function(
        "work",
        List.of(new Parameter.Integer(task), new Parameter.Integer(n)),
        new Block(List.of()));
  }

  @Test
  void acceptsALegalProgramOfEveryKindOfStatement() {
    LoopFunction helper =
        function(
            "helper",
            List.of(
                new Parameter.Array("data", 40),
                new Parameter.Scalar("scale"),
                new Parameter.Integer(I)),
            new Store(
                new ArrayVar("data", 40),
                I,
                new Binary(
                    Binary.Op.MULTIPLY,
                    scalar(new ArrayVar("data", 40), I),
                    new Var("scale", ValueType.SCALAR))));
    LoopFunction work =
        function(
            "work",
            List.of(new Parameter.Integer(TASK), new Parameter.Integer(N)),
            new LetArray("target", new BufferRow(OUTPUT, TASK)),
            new Fill(new ArrayVar("target", 40), 0, 40, ZERO),
            new Copy(row(INPUT, 0), Index.of(20), new ArrayVar("target", 40), Index.of(0), 20),
            new Let("sum", ZERO),
            For.serial(
                I, Index.of(8), new Assign("sum", scalar(row(INPUT, 1), I.times(4).plus(11)))),
            new Invoke(
                "helper",
                List.of(
                    new Argument.Array(new ArrayVar("target", 40)),
                    new Argument.Scalar(new Var("sum", ValueType.SCALAR)),
                    new Argument.Integer(TASK.plus(5)))),
            vectorLoop(
                new Let("v", new Broadcast(new Var("sum", ValueType.SCALAR))),
                new Assign("v", vector(row(INPUT, 2), I.plus(3))),
                new Store(new ArrayVar("target", 40), I, new Var("v", ValueType.VECTOR))));
    LoopProgram program =
        new LoopProgram(
            "test",
            IMAGES,
            List.of(INPUT, OUTPUT, BIAS),
            List.of(helper, work),
            List.of(new Phase("all", "work", 3)));
    accepts(program);
  }

  @Test
  void namesFunctionAndStatementInTheMessage() {
    rejects(
        body(new Store(BIAS_ROW, Index.of(8), ZERO)),
        "function work, at `bias[8] = 0.0`",
        "elements 8..9 of bias, which has 8");
  }

  @Test
  void rejectsNamesThatAreNotUnique() {
    rejects(
        new LoopProgram("test", 1, List.of(INPUT, INPUT), List.of(), List.of()),
        "input",
        "not unique");
    LoopFunction function = function("work", List.of());
    rejects(program(function, function), "function work", "not unique");
    rejects(
        phases(phaseFunction(TASK, N), new Phase("p", "work", 3), new Phase("p", "work", 3)),
        "phase p",
        "not unique");
  }

  @Test
  void rejectsNamesThatJavaDoesNotAllow() {
    rejects(body(new Let("float", ZERO)), "`float`", "legal Java name");
    rejects(program(function("a.b", List.of())), "function a.b", "legal Java name");
  }

  @Test
  void rejectsShadowing() {
    rejects(body(new Let("bias", ZERO)), "`bias` is the name of a buffer");
    rejects(body(new Let("a", ZERO), new Let("a", ZERO)), "`a` is declared already");
    rejects(
        body(For.serial(I, Index.of(8), Block.of(new Let("i", ZERO)))), "`i` is declared already");
    rejects(
        program(function("work", List.of(new Parameter.Scalar("s"), new Parameter.Scalar("s")))),
        "`s` is declared already");
  }

  @Test
  void acceptsTheSameNameInTwoBlocksThatDoNotNest() {
    accepts(body(Block.of(new Let("a", ZERO)), Block.of(new Let("a", ZERO))));
  }

  @Test
  void rejectsNamesThatAreNotInScope() {
    rejects(body(new Assign("a", ZERO)), "`a` is not declared");
    rejects(body(new Let("a", new Var("b", ValueType.SCALAR))), "`b` is not declared");
    rejects(body(new Store(BIAS_ROW, I, ZERO)), "`i` is not declared");
    rejects(body(new Store(new ArrayVar("x", 8), Index.of(0), ZERO)), "`x` is not declared");
    rejects(
        body(Block.of(new Let("a", ZERO)), new Assign("a", ZERO)),
        "a = 0.0",
        "`a` is not declared");
    rejects(
        body(new Store(row(new Buffer("other", Buffer.Scope.SHARED, 1, 8), 0), Index.of(0), ZERO)),
        "buffer `shared other: 8` is not declared");
    rejects(
        body(new Store(row(new Buffer("bias", Buffer.Scope.MODEL, 1, 9), 0), Index.of(8), ZERO)),
        "buffer `model bias: 9` is not declared");
  }

  @Test
  void rejectsNamesUsedAsSomethingElse() {
    rejects(
        body(new Let("a", ZERO), new Store(new ArrayVar("a", 8), Index.of(0), ZERO)),
        "`a` is not an array");
    rejects(
        body(new LetArray("a", BIAS_ROW), new Let("b", new Var("a", ValueType.SCALAR))),
        "`a` is not a float");
    rejects(
        body(new Let("a", ZERO), new Store(BIAS_ROW, new IndexVar("a", 0, 1), ZERO)),
        "`a` is not an index");
    rejects(
        body(new LetArray("a", BIAS_ROW), new Assign("a", ZERO)),
        "`a` is not a local bound by let");
    rejects(
        program(function("work", List.of(new Parameter.Scalar("s")), new Assign("s", ZERO))),
        "`s` is not a local bound by let");
  }

  @Test
  void rejectsReferencesThatDifferFromTheDeclaration() {
    rejects(
        body(For.serial(I, Index.of(8), new Store(BIAS_ROW, new IndexVar("i", 0, 3), ZERO))),
        "`i` lies in 0..8, but is used as in 0..4");
    rejects(
        body(new LetArray("a", BIAS_ROW), new Store(new ArrayVar("a", 9), Index.of(8), ZERO)),
        "`a` has 8 elements, not 9");
    rejects(
        body(new Let("a", ZERO), new Let("b", new Var("a", ValueType.VECTOR))),
        "`a` is a SCALAR, used as a VECTOR");
  }

  @Test
  void rejectsWrongTypes() {
    rejects(
        body(new Let("a", ZERO), new Assign("a", new Broadcast(ZERO))),
        "a VECTOR assigned to a SCALAR");
    rejects(body(new Fill(BIAS_ROW, 0, 8, new Broadcast(ZERO))), "a fill with a vector");
  }

  @Test
  void rejectsAccessesOutOfBounds() {
    rejects(
        body(For.serial(I, Index.of(8), new Store(BIAS_ROW, I.plus(1), ZERO))), "elements 1..9");
    rejects(body(For.serial(I, Index.of(8), new Store(BIAS_ROW, I.plus(-1), ZERO))), "-1..7");
    rejects(body(new Let("a", scalar(row(INPUT, 0), Index.of(40)))), "elements 40..41");
    rejects(
        body(new Copy(row(INPUT, 0), Index.of(33), BIAS_ROW, Index.of(0), 8)), "elements 33..41");
    rejects(body(new Copy(row(INPUT, 0), Index.of(0), BIAS_ROW, Index.of(1), 8)), "elements 1..9");
    rejects(body(new Fill(BIAS_ROW, 0, 9, ZERO)), "elements 0..9");
    rejects(body(new Store(row(INPUT, 4), Index.of(0), ZERO)), "rows 4..5 of input, which has 4");
    rejects(body(new LetArray("a", row(INPUT, -1))), "rows -1..0");
  }

  @Test
  void vectorAccessesNeedRoomForTheLastRoundWithTheWidestVector() {
    accepts(body(vectorLoop(new Store(row(OUTPUT, 0), I.plus(24), new Broadcast(ZERO)))));
    rejects(
        body(vectorLoop(new Store(row(OUTPUT, 0), I.plus(25), new Broadcast(ZERO)))),
        "elements 25..41");
  }

  @Test
  void rejectsCopiesAndFillsOfNothingAndCopiesWithinAnArray() {
    rejects(body(new Copy(row(INPUT, 0), Index.of(0), BIAS_ROW, Index.of(0), 0)), "of nothing");
    rejects(body(new Fill(BIAS_ROW, 3, 3, ZERO)), "of nothing");
    rejects(
        body(
            new LetArray("a", row(INPUT, 0)),
            new Copy(new ArrayVar("a", 40), Index.of(0), row(INPUT, 0), Index.of(8), 8)),
        "the same array");
  }

  @Test
  void theRowOfASingleRowBufferIsTheConstantZero() {
    IndexVar zero = new IndexVar("zero", 0, 0);
    rejects(
        body(For.serial(zero, Index.of(1), new Store(new BufferRow(BIAS, zero), zero, ZERO))),
        "must be the constant 0");
  }

  @Test
  void loopsKeepToTheRangeOfTheirVariable() {
    rejects(body(For.serial(I, Index.of(9), Block.of())), "the loop reaches 8");
    rejects(
        body(new For(I, Index.of(-1), Index.of(8), For.Kind.SERIAL, Block.of())),
        "the loop begins at -1");
  }

  @Test
  void unrolledAndVectorLoopsHaveConstantBounds() {
    IndexVar outer = new IndexVar("outer", 0, 3);
    rejects(
        body(
            For.serial(
                outer, Index.of(4), new For(I, Index.of(0), outer, For.Kind.UNROLLED, Block.of()))),
        "must be constant");
    rejects(
        body(
            For.serial(
                outer, Index.of(4), new For(I, outer, Index.of(8), For.Kind.VECTOR, Block.of()))),
        "must begin at a constant");
  }

  @Test
  void vectorAccessesLiveInVectorLoops() {
    rejects(body(new Let("v", vector(row(INPUT, 0), Index.of(0)))), "outside of a vector loop");
    rejects(
        body(new Store(row(OUTPUT, 0), Index.of(0), new Broadcast(ZERO))),
        "outside of a vector loop");
  }

  @Test
  void vectorAccessesMoveElementByElement() {
    ArrayRef out = row(OUTPUT, 0);
    Expr zero = new Broadcast(ZERO);
    rejects(body(vectorLoop(new Store(out, I.times(2), zero))), "does not advance with `i`");
    rejects(body(vectorLoop(new Store(out, Index.of(0), zero))), "does not advance with `i`");
    rejects(body(vectorLoop(new Store(out, I.plus(I), zero))), "does not advance with `i`");
    rejects(body(vectorLoop(new Store(out, I.dividedBy(2), zero))), "does not advance with `i`");
    rejects(
        body(vectorLoop(new Store(out, I, vector(row(INPUT, 0), I.remainder(4))))),
        "does not advance with `i`");
  }

  @Test
  void nothingScalarInAVectorLoopLooksAtItsVariable() {
    ArrayRef out = row(OUTPUT, 0);
    rejects(body(vectorLoop(new Store(BIAS_ROW, I, ZERO))), "a scalar store in a vector loop");
    rejects(
        body(vectorLoop(new Store(out, I, new Broadcast(scalar(BIAS_ROW, I))))),
        "`i` is used outside of the index of a vector access");
    rejects(
        body(vectorLoop(new Store(out, I, new Broadcast(new IndexToFloat(I))))),
        "`i` is used outside of the index of a vector access");
    rejects(
        body(vectorLoop(new LetArray("a", new BufferRow(INPUT, I.dividedBy(4))))),
        "`i` is used outside of the index of a vector access");
  }

  @Test
  void nothingCrossesTheLanesOfAVectorLoop() {
    ArrayRef out = row(OUTPUT, 0);
    rejects(body(vectorLoop(new Store(out, I.plus(1), vector(out, I)))), "another lane may touch");
    rejects(
        body(
            new LetArray("a", out),
            vectorLoop(new Store(out, I.plus(1), vector(new ArrayVar("a", 40), I)))),
        "another lane may touch");
    rejects(
        body(
            vectorLoop(
                new Store(out, I, new Broadcast(ZERO)),
                new Store(out, I.plus(1), new Broadcast(ZERO)))),
        "another lane may touch");
    IndexVar k = new IndexVar("k", 0, 2);
    rejects(
        body(
            vectorLoop(For.serial(k, Index.of(3), new Store(out, I.plus(k), new Broadcast(ZERO))))),
        "the inner `k` may move a store");
    rejects(
        body(
            new Let("sum", new Broadcast(ZERO)),
            vectorLoop(new Assign("sum", vector(row(INPUT, 0), I)))),
        "declared outside of the vector loop");
  }

  @Test
  void vectorsThatLieApartMayBeStoredInOneRow() {
    ArrayRef out = row(OUTPUT, 0);
    Broadcast zero = new Broadcast(ZERO);
    accepts(body(vectorLoop(new Store(out, I, zero), new Store(out, I.plus(16), zero))));
    accepts(body(vectorLoop(new Store(out, I.plus(16), vector(out, I)))));
    rejects(
        body(vectorLoop(new Store(out, I, zero), new Store(out, I.plus(15), zero))),
        "another lane may touch");
  }

  @Test
  void indicesFromMemoryAreIndicesOfTheirRange() {
    IndexVar place = new IndexVar("place", 0, 31);
    Load element = scalar(row(INPUT, 1), place.plus(8));
    accepts(body(new LetIndex(place, BIAS_ROW, Index.of(7)), new Let("a", element)));
    rejects(
        body(
            new LetIndex(place, BIAS_ROW, Index.of(7)),
            new Let("a", scalar(row(INPUT, 1), place.plus(9)))),
        "elements 9..41");
    rejects(body(new LetIndex(place, BIAS_ROW, Index.of(8))), "elements 8..9");
    rejects(body(new Let("a", element)), "`place` is not declared");
    rejects(
        body(new LetIndex(new IndexVar("far", 0, LetIndex.LARGEST + 1), BIAS_ROW, Index.of(0))),
        "no finite float of its sign");
    rejects(
        body(new LetIndex(new IndexVar("before", -1, 3), BIAS_ROW, Index.of(0))),
        "no finite float of its sign");
    IndexBits negative = new IndexBits(place.plus(-1));
    rejects(
        body(
            new LetIndex(place, BIAS_ROW, Index.of(7)), new Store(BIAS_ROW, Index.of(7), negative)),
        "the bits of -1..31");
    IndexVar near = new IndexVar("near", 0, 3);
    rejects(
        body(
            vectorLoop(
                new LetIndex(near, BIAS_ROW, Index.of(0)),
                new Store(row(OUTPUT, 0), I.plus(near), new Broadcast(ZERO)))),
        "the inner `near` may move a store");
    rejects(
        body(vectorLoop(new LetIndex(place, BIAS_ROW, I))),
        "`i` is used outside of the index of a vector access");
  }

  @Test
  void vectorLoopsHoldOnlyVectorWork() {
    rejects(
        body(vectorLoop(new Copy(row(INPUT, 0), Index.of(0), BIAS_ROW, Index.of(0), 8))),
        "a copy in a vector loop");
    rejects(body(vectorLoop(new Fill(BIAS_ROW, 0, 8, ZERO))), "a fill in a vector loop");
    rejects(
        program(
            function("helper", List.of()),
            function("work", List.of(), vectorLoop(new Invoke("helper", List.of())))),
        "a call in a vector loop");
    IndexVar j = new IndexVar("j", 0, 7);
    rejects(
        body(vectorLoop(new For(j, Index.of(0), Index.of(8), For.Kind.VECTOR, Block.of()))),
        "a vector loop inside a vector loop");
  }

  @Test
  void callsMatchTheirFunction() {
    LoopFunction helper =
        function(
            "helper",
            List.of(
                new Parameter.Array("data", 20),
                new Parameter.Scalar("scale"),
                new Parameter.Integer(I)));
    Argument data = new Argument.Array(row(INPUT, 0));
    Argument scale = new Argument.Scalar(ZERO);
    Argument index = new Argument.Integer(Index.of(7));
    accepts(program(helper, calling("helper", data, scale, index)));
    rejects(program(calling("helper"), helper), "no function of that name comes earlier");
    rejects(program(calling("work")), "no function of that name comes earlier");
    rejects(program(helper, calling("helper", data, scale)), "2 arguments for 3 parameters");
    rejects(program(helper, calling("helper", scale, data, index)), "`data`", "of another kind");
    rejects(
        program(helper, calling("helper", new Argument.Array(BIAS_ROW), scale, index)),
        "an array of 8, wanted 20");
    rejects(
        program(helper, calling("helper", data, new Argument.Scalar(new Broadcast(ZERO)), index)),
        "`scale`: a vector");
    rejects(
        program(helper, calling("helper", data, scale, new Argument.Integer(Index.of(8)))),
        "a value in 8..9, wanted 0..8");
  }

  private static LoopFunction calling(String callee, Argument... arguments) {
    return function("work", List.of(), new Invoke(callee, List.of(arguments)));
  }

  @Test
  void phasesCallFunctionsOfTaskAndImages() {
    accepts(phases(phaseFunction(TASK, N), new Phase("all", "work", 3)));
    rejects(phases(phaseFunction(TASK, N), new Phase("all", "play", 3)), "no such function");
    rejects(phases(phaseFunction(TASK, N), new Phase("all", "work", 0)), "no task");
    String wanted = "two integer parameters";
    rejects(phases(phaseFunction(TASK, N), new Phase("all", "work", 4)), wanted);
    rejects(
        phases(phaseFunction(TASK, new IndexVar("n", 1, 5)), new Phase("all", "work", 3)), wanted);
    rejects(phases(function("work", List.of()), new Phase("all", "work", 3)), wanted);
  }
}
