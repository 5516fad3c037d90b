package org.cnnc.compiler.emit;

import static org.cnnc.compiler.emit.TestPrograms.A;
import static org.cnnc.compiler.emit.TestPrograms.B;
import static org.cnnc.compiler.emit.TestPrograms.C;
import static org.cnnc.compiler.emit.TestPrograms.COUNT;
import static org.cnnc.compiler.emit.TestPrograms.I;
import static org.cnnc.compiler.emit.TestPrograms.LENGTH;
import static org.cnnc.compiler.emit.TestPrograms.LOCAL;
import static org.cnnc.compiler.emit.TestPrograms.MAX_IMAGES;
import static org.cnnc.compiler.emit.TestPrograms.N;
import static org.cnnc.compiler.emit.TestPrograms.OUT;
import static org.cnnc.compiler.emit.TestPrograms.SINGLE;
import static org.cnnc.compiler.emit.TestPrograms.TASK;
import static org.cnnc.compiler.emit.TestPrograms.WEIGHTS;
import static org.cnnc.compiler.emit.TestPrograms.forAll;
import static org.cnnc.compiler.emit.TestPrograms.function;
import static org.cnnc.compiler.emit.TestPrograms.load;
import static org.cnnc.compiler.emit.TestPrograms.program;
import static org.cnnc.compiler.emit.TestPrograms.results;
import static org.cnnc.compiler.emit.TestPrograms.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.compiler.emit.BackendContract.Data;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Source and bytecode compute the same bits, one case a kind of node. */
class BackendContractTest {
  private static final long SEED = 20_261_123;

  private static void holds(LoopProgram program) throws IOException {
    BackendContract.run(program, SEED, Data.ANY);
  }

  @ParameterizedTest
  @EnumSource
  void binaryOperationsAgree(ValueType type) throws IOException {
    holds(
        program(
            results(
                Stream.of(Binary.Op.values())
                    .map(op -> new Binary(op, load(A, type), load(B, type))))));
  }

  @ParameterizedTest
  @EnumSource
  void unaryOperationsAgree(ValueType type) throws IOException {
    holds(program(results(Stream.of(Unary.Op.values()).map(op -> new Unary(op, load(A, type))))));
  }

  @ParameterizedTest
  @EnumSource
  void selectionsAgree(ValueType type) throws IOException {
    Expr greater = new Binary(Binary.Op.MAX, load(A, type), load(B, type));
    holds(
        program(
            results(
                Stream.of(Select.Comparison.values())
                    .map(
                        comparison ->
                            new Select(
                                comparison,
                                load(A, type),
                                greater,
                                load(B, type),
                                load(C, type))))));
  }

  @ParameterizedTest
  @EnumSource
  void fusedMultiplyAddsAgree(ValueType type) throws IOException {
    Expr inner = new Fma(load(A, type), load(B, type), load(C, type));
    holds(program(forAll(new Fma(inner, load(A, type), new Unary(Unary.Op.NEGATE, inner)))));
  }

  @Test
  void broadcastsAgree() throws IOException {
    Expr scalar = new Load(row(B), Index.of(3), ValueType.SCALAR);
    Expr product = new Binary(Binary.Op.MULTIPLY, new Broadcast(scalar), load(A, ValueType.VECTOR));
    holds(program(forAll(new Fma(product, product, new Broadcast(new Const(-0.1f))))));
  }

  @Test
  void vectorLocalsAgree() throws IOException {
    Stmt body =
        Block.of(
            new Let("sum", load(A, ValueType.VECTOR)),
            new Assign(
                "sum",
                new Binary(
                    Binary.Op.ADD, new Var("sum", ValueType.VECTOR), load(B, ValueType.VECTOR))),
            new Store(row(OUT), I, new Var("sum", ValueType.VECTOR)));
    holds(program(new For(I, Index.of(0), Index.of(COUNT), For.Kind.VECTOR, body)));
  }

  @Test
  void intrinsicsAgree() throws IOException {
    holds(
        program(
            results(
                Stream.of(IntrinsicCall.Intrinsic.values())
                    .map(intrinsic -> new IntrinsicCall(intrinsic, load(A))))));
  }

  @Test
  void constantsAgree() throws IOException {
    float[] values = {
      0f,
      -0f,
      1f,
      2f,
      -1f,
      0.1f,
      -1e-8f,
      3.4028235e38f,
      1.4e-45f,
      16777216f,
      123456.79f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    List<Stmt> stores = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Expr constant = new Const(values[i]);
      stores.add(new Store(row(OUT), Index.of(i), constant));
      Expr negated = new Unary(Unary.Op.NEGATE, new Unary(Unary.Op.NEGATE, constant));
      stores.add(
          new Store(
              row(OUT),
              Index.of(values.length + i),
              new Binary(
                  Binary.Op.SUBTRACT, new Load(row(A), Index.of(i), ValueType.SCALAR), negated)));
    }
    holds(program(stores.toArray(Stmt[]::new)));
  }

  @Test
  void groupingOfFloatOperationsIsKept() throws IOException {
    Expr sum = new Binary(Binary.Op.ADD, load(A), new Binary(Binary.Op.ADD, load(B), load(C)));
    Expr difference =
        new Binary(
            Binary.Op.SUBTRACT, load(A), new Binary(Binary.Op.SUBTRACT, load(B), new Const(-2f)));
    Expr quotient =
        new Binary(Binary.Op.DIVIDE, sum, new Binary(Binary.Op.MULTIPLY, difference, load(C)));
    Expr choice = new Select(Select.Comparison.LESS, sum, difference, quotient, load(A));
    Expr nested = new Select(Select.Comparison.EQUAL, choice, load(B), choice, choice);
    Expr negated = new Unary(Unary.Op.NEGATE, new Binary(Binary.Op.ADD, nested, choice));
    Expr root = new Unary(Unary.Op.SQRT, new Unary(Unary.Op.ABS, negated));
    holds(program(forAll(new Binary(Binary.Op.MULTIPLY, new Unary(Unary.Op.NEGATE, root), sum))));
  }

  @Test
  void accumulatorsAgree() throws IOException {
    Var sum = new Var("sum", ValueType.SCALAR);
    Stmt add = new Assign("sum", new Binary(Binary.Op.ADD, sum, load(A)));
    Stmt scale = new Assign("sum", new Binary(Binary.Op.MULTIPLY, load(B), sum));
    holds(
        program(
            new Let("sum", new Const(0f)),
            For.serial(I, Index.of(COUNT), Block.of(add, scale)),
            new Store(row(OUT), Index.of(0), sum),
            Block.of(new Let("inner", sum), new Store(row(OUT), Index.of(1), sum)),
            Block.of(new LetArray("inner", row(A)))));
  }

  @Test
  void elementsUpdatedInPlaceAgree() throws IOException {
    List<Stmt> updates = new ArrayList<>();
    for (Binary.Op op : Binary.Op.values()) {
      updates.add(new Store(row(OUT), I, new Binary(op, load(OUT), load(A))));
      updates.add(new Store(row(OUT), I, new Binary(op, load(B), load(OUT))));
    }
    holds(program(For.serial(I, Index.of(COUNT), new Block(updates))));
  }

  @Test
  void rowsAndScopesAgree() throws IOException {
    IndexVar r = new IndexVar("r", 0, 2);
    ArrayVar weights = new ArrayVar("weightRow", LENGTH);
    Expr product =
        new Binary(
            Binary.Op.MULTIPLY,
            new Load(weights, I, ValueType.SCALAR),
            new Load(new BufferRow(LOCAL, r.plus(1)), I, ValueType.SCALAR));
    Stmt inner =
        new Store(new BufferRow(LOCAL, r), I, new Binary(Binary.Op.ADD, product, load(SINGLE)));
    holds(
        program(
            For.serial(
                r,
                Index.of(3),
                Block.of(
                    new LetArray("weightRow", new BufferRow(WEIGHTS, r)),
                    For.serial(I, Index.of(COUNT), inner)))));
  }

  @Test
  void indicesReadFromMemoryAgree() throws IOException {
    IndexVar k = new IndexVar("k", 0, 9);
    IndexVar place = new IndexVar("place", 0, 27);
    IndexVar lanes = new IndexVar("lane", 0, 7);
    Stmt readPlace = new LetIndex(place, row(SINGLE), k);
    ArrayRef local = new BufferRow(LOCAL, Index.of(1));
    holds(
        program(
            For.serial(k, Index.of(10), new Store(row(SINGLE), k, new IndexBits(k.times(3)))),
            For.serial(
                k,
                Index.of(10),
                Block.of(
                    readPlace, new Store(local, k, new Load(row(A), place, ValueType.SCALAR)))),
            new For(
                lanes,
                Index.of(0),
                Index.of(8),
                For.Kind.VECTOR,
                Block.of(
                    new Let("sum", new Broadcast(new Const(0f))),
                    For.serial(
                        k,
                        Index.of(10),
                        Block.of(
                            readPlace,
                            new Assign(
                                "sum",
                                new Binary(
                                    Binary.Op.ADD,
                                    new Var("sum", ValueType.VECTOR),
                                    new Load(row(A), lanes.plus(place), ValueType.VECTOR))))),
                    new Store(row(OUT), lanes, new Var("sum", ValueType.VECTOR))))));
  }

  @Test
  void copiesAndFillsAgree() throws IOException {
    IndexVar r = new IndexVar("r", 0, 3);
    holds(
        program(
            new Fill(row(OUT), 2, 9, new Const(-0f)),
            new Fill(new BufferRow(LOCAL, Index.of(2)), 0, LENGTH, new Const(1e-3f)),
            For.serial(
                r,
                Index.of(4),
                new Copy(row(A), r.times(2), new BufferRow(LOCAL, r), r.plus(1), COUNT))));
  }

  @Test
  void indexArithmeticAgrees() throws IOException {
    IndexVar k = new IndexVar("k", 3, 30);
    Index quotient = k.dividedBy(4).times(3).plus(k.remainder(5)).dividedBy(2);
    Index product = k.plus(-3).times(2).dividedBy(3).remainder(7);
    Index sum = new IndexSum(k.times(-1), new IndexSum(k, Index.of(30))).plus(quotient);
    Index least = k.plus(4).minimum(product.plus(20).times(1)).minimum(Index.of(29).plus(k));
    Stmt body =
        Block.of(
            new Store(row(OUT), k.plus(-3), new IndexToFloat(sum)),
            new Store(
                row(SINGLE), least, new Load(row(A), quotient.plus(product), ValueType.SCALAR)),
            new Store(row(B), k, new IndexToFloat(k)),
            new Store(row(C), k, new Unary(Unary.Op.NEGATE, new IndexToFloat(k.times(-7)))));
    holds(program(new For(k, Index.of(3), Index.of(31), For.Kind.SERIAL, body)));
  }

  @Test
  void boundsByTheNumberOfImagesAgree() throws IOException {
    IndexVar image = new IndexVar("image", 0, MAX_IMAGES - 1);
    IndexVar rest = new IndexVar("rest", 1, MAX_IMAGES - 1);
    Expr twice =
        new Binary(Binary.Op.MULTIPLY, new Const(2f), new Load(row(A), image, ValueType.SCALAR));
    Stmt copy = new Store(row(SINGLE), rest, new IndexToFloat(rest.plus(N)));
    holds(
        program(
            For.serial(image, N, new Store(row(OUT), image, twice)),
            new For(rest, N.minimum(Index.of(2)), N, For.Kind.SERIAL, copy)));
  }

  @Test
  void vectorLoopsOverImagesAgree() throws IOException {
    IndexVar i = new IndexVar("i", 0, MAX_IMAGES - 1);
    Expr sum =
        new Binary(
            Binary.Op.ADD,
            new Load(row(A), i.plus(1), ValueType.VECTOR),
            new Broadcast(new IndexToFloat(N)));
    Stmt store = new Store(new BufferRow(LOCAL, Index.of(1)), i, sum);
    holds(program(new For(i, Index.of(0), N, For.Kind.VECTOR, store)));
  }

  @Test
  void callsPassEveryKindOfArgument() throws IOException {
    IndexVar at = new IndexVar("at", 0, COUNT - 1);
    Parameter.Array source = new Parameter.Array("source", COUNT);
    Parameter.Scalar factor = new Parameter.Scalar("factor");
    Expr element = new Load(source.variable(), at, ValueType.SCALAR);
    List<Parameter> parameters =
        List.of(source, factor, new Parameter.Array("target", LENGTH), new Parameter.Integer(at));
    Stmt store =
        new Store(
            new ArrayVar("target", LENGTH),
            at,
            new Binary(Binary.Op.MULTIPLY, factor.variable(), element));
    LoopFunction scale = new LoopFunction("scale", parameters, Block.of(store), "", 3);
    Stmt invoke =
        new Invoke(
            "scale",
            List.of(
                new Argument.Array(new ArrayVar("source", COUNT)),
                new Argument.Scalar(new Const(0.5f)),
                new Argument.Array(new BufferRow(LOCAL, Index.of(3))),
                new Argument.Integer(at)));
    LoopFunction outer =
        new LoopFunction(
            "outer",
            List.of(source, new Parameter.Integer(at)),
            Block.of(invoke),
            "Calls scale for one element.",
            0);
    Stmt callOuter =
        new Invoke("outer", List.of(new Argument.Array(row(A)), new Argument.Integer(I)));
    holds(program(List.of(scale, outer), For.serial(I, Index.of(COUNT), callOuter)));
  }

  @Test
  void phasesRunTheirTasks() throws IOException {
    IndexVar part = new IndexVar("task", 0, 3);
    Stmt fill =
        new Store(
            new BufferRow(LOCAL, part), Index.of(2), new IndexToFloat(part.times(10).plus(N)));
    Stmt collect = new Store(row(OUT), TASK, new Load(row(B), Index.of(1), ValueType.SCALAR));
    LoopFunction first = function("first", part, fill);
    LoopFunction second = function("second", collect);
    LoopFunction nothing = function("nothing");
    holds(
        program(
            List.of(first, second, nothing),
            List.of(
                new Phase("forward", "first", 4),
                new Phase("collect", "second", 1),
                new Phase("nothing", "nothing", 1))));
  }

  @Test
  void largeBuffersAndIndicesAgree() throws IOException {
    Buffer many = new Buffer("many", Buffer.Scope.SHARED, 70_000, 2);
    Buffer wide = new Buffer("wide", Buffer.Scope.WORKER, 2, 140_000);
    Expr sum =
        new Binary(
            Binary.Op.ADD,
            new Load(new BufferRow(many, Index.of(69_999)), Index.of(1), ValueType.SCALAR),
            new Load(new BufferRow(many, Index.of(32_768)), Index.of(0), ValueType.SCALAR));
    Stmt body =
        Block.of(
            new Store(new BufferRow(wide, Index.of(1)), Index.of(139_999), sum),
            new Fill(new BufferRow(wide, Index.of(0)), 65_536, 131_072, new Const(3f)));
    holds(
        new LoopProgram(
            "large",
            MAX_IMAGES,
            List.of(many, wide),
            List.of(function("step", body)),
            List.of(new Phase("step", "step", 1))));
  }

  @Test
  void longExpressionsWithManyLocalsAgree() throws IOException {
    List<Stmt> body = new ArrayList<>();
    Expr sum = new Const(0f);
    for (int i = 0; i < 300; i++) {
      body.add(new Let("value" + i, new Load(row(A), Index.of(i % COUNT), ValueType.SCALAR)));
      Expr square =
          new Binary(
              Binary.Op.MULTIPLY,
              new Var("value" + i, ValueType.SCALAR),
              new Var("value" + i / 2, ValueType.SCALAR));
      sum = new Binary(Binary.Op.ADD, sum, square);
    }
    body.add(new Store(row(OUT), Index.of(0), sum));
    body.add(forAll(new Fma(load(A), new Var("value299", ValueType.SCALAR), load(OUT))));
    holds(program(body.toArray(Stmt[]::new)));
  }
}
