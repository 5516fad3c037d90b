package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cnnc.compiler.emit.TestPrograms.A;
import static org.cnnc.compiler.emit.TestPrograms.B;
import static org.cnnc.compiler.emit.TestPrograms.C;
import static org.cnnc.compiler.emit.TestPrograms.I;
import static org.cnnc.compiler.emit.TestPrograms.LENGTH;
import static org.cnnc.compiler.emit.TestPrograms.LOCAL;
import static org.cnnc.compiler.emit.TestPrograms.OUT;
import static org.cnnc.compiler.emit.TestPrograms.forAll;
import static org.cnnc.compiler.emit.TestPrograms.load;
import static org.cnnc.compiler.emit.TestPrograms.program;
import static org.cnnc.compiler.emit.TestPrograms.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.BackendContract;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.ClassPlanner;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Invoke;
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
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;

class JavaSourceEmitterTest {
  private static String text(GeneratedFile file) {
    return new String(file.content(), StandardCharsets.US_ASCII);
  }

  private static String textOf(Stmt... body) {
    return text(JavaSourceEmitter.emit(BackendContract.plan(program(body))));
  }

  private static Expr binary(Binary.Op op, Expr left, Expr right) {
    return new Binary(op, left, right);
  }

  @Test
  void aSmallClassReadsAsWrittenByHand() throws IOException {
    GeneratedFile file = JavaSourceEmitter.emit(smallPlan());
    assertThat(file.path()).isEqualTo("org/example/TinyPrediction.java");
    Golden.assertSame("TinyPrediction.java.txt", text(file));
    assertThat(MemoryCompiler.compile(List.of(file))).hasSize(2);
  }

  /** One fully connected layer, for vectors. */
  private static ClassPlan smallPlan() {
    Buffer weight = new Buffer("fc1Weight", Buffer.Scope.MODEL, 4, 32);
    Buffer bias = new Buffer("fc1Bias", Buffer.Scope.MODEL, 1, 32);
    Buffer input = new Buffer("image", Buffer.Scope.WORKER, 1, 4);
    Buffer output = new Buffer("fc1", Buffer.Scope.WORKER, 1, 32);
    IndexVar k = new IndexVar("k", 0, 9);
    IndexVar i = new IndexVar("i", 0, 3);
    Expr in = new Load(new BufferRow(input, Index.of(0)), i, ValueType.SCALAR);
    Stmt add =
        new Store(
            new BufferRow(output, Index.of(0)),
            k,
            new Fma(
                new Load(new BufferRow(weight, i), k, ValueType.VECTOR),
                new Broadcast(in),
                new Load(new BufferRow(output, Index.of(0)), k, ValueType.VECTOR)));
    Stmt start =
        new Copy(
            new BufferRow(bias, Index.of(0)),
            Index.of(0),
            new BufferRow(output, Index.of(0)),
            Index.of(0),
            10);
    Stmt sum = For.serial(i, Index.of(4), vectorLoop(k, add));
    List<Parameter> parameters =
        List.of(
            new Parameter.Integer(new IndexVar("task", 0, 0)),
            new Parameter.Integer(new IndexVar("n", 1, 1)));
    LoopFunction forward =
        new LoopFunction(
            "fc1Forward", parameters, Block.of(start, sum), "fc1 = fc(10): [4] -> [10]", 4);
    LoopProgram program =
        new LoopProgram(
            "Tiny",
            1,
            List.of(weight, bias, input, output),
            List.of(forward),
            List.of(new Phase("forward", "fc1Forward", 1)));
    ClassHeader header =
        new ClassHeader(
            "org.example",
            "TinyPrediction",
            "tiny.net",
            "cnnc test",
            List.of("Predicts Tiny: [4] -> [10].", "", "Made by a test."));
    return ClassPlanner.plan(
        header,
        program,
        List.of(new ConstantPlan("SCRATCH_BYTES", 144L, "Bytes of a worker's buffers.")),
        "cnnc \"test\"\nmodel \"Tiny\"\n");
  }

  private static Stmt vectorLoop(IndexVar k, Stmt body) {
    return new For(k, Index.of(0), Index.of(10), For.Kind.VECTOR, body);
  }

  @Test
  void parenthesesStandOnlyWhereTheyAreNeeded() {
    Expr product = binary(Binary.Op.MULTIPLY, load(A), load(B));
    Expr sum = binary(Binary.Op.ADD, load(A), load(B));
    assertWritten(binary(Binary.Op.ADD, product, product), "a[i] * b[i] + a[i] * b[i]");
    assertWritten(binary(Binary.Op.ADD, sum, load(C)), "a[i] + b[i] + c[i]");
    assertWritten(binary(Binary.Op.ADD, load(C), sum), "c[i] + (a[i] + b[i])");
    assertWritten(binary(Binary.Op.MULTIPLY, sum, load(C)), "(a[i] + b[i]) * c[i]");
    assertWritten(new Unary(Unary.Op.NEGATE, sum), "-(a[i] + b[i])");
    assertWritten(new Unary(Unary.Op.NEGATE, new Const(-0.5f)), "-(-0.5f)");
    assertWritten(binary(Binary.Op.SUBTRACT, load(A), new Const(-1e-8f)), "a[i] - -1e-8f");
    assertWritten(binary(Binary.Op.MAX, sum, new Const(0)), "Math.max(a[i] + b[i], 0f)");
    assertWritten(new IndexToFloat(I.plus(1)), "(float) (i + 1)");
    assertWritten(new IndexBits(I.plus(1)), "Float.intBitsToFloat(i + 1)");
    assertWritten(
        new Select(Select.Comparison.LESS, sum, load(C), load(A), load(B)),
        "a[i] + b[i] < c[i] ? a[i] : b[i]");
    assertWritten(
        new Load(row(A), I.plus(4).times(2).plus(-3), ValueType.SCALAR), "a[(i + 4) * 2 - 3]");
    assertWritten(
        new Load(row(A), I.times(2).dividedBy(3).plus(I.remainder(5)), ValueType.SCALAR),
        "a[i * 2 / 3 + i % 5]");
  }

  private static void assertWritten(Expr value, String text) {
    assertThat(textOf(forAll(value))).contains("      out[i] = " + text + ";\n");
  }

  @Test
  void whatIsUpdatedInPlaceIsWrittenSo() {
    assertThat(textOf(forAll(binary(Binary.Op.ADD, load(OUT), load(A)))))
        .contains("out[i] += a[i];");
    assertThat(textOf(forAll(binary(Binary.Op.ADD, load(A), load(OUT)))))
        .contains("out[i] = a[i] + out[i];");
  }

  @Test
  void linesFitIntoAHundredColumns() throws IOException {
    Expr sum = load(A);
    for (int tap = 0; tap < 20; tap++) {
      sum = new Fma(new Load(row(B), I.plus(tap % 4), ValueType.SCALAR), load(C), sum);
      sum = binary(Binary.Op.ADD, sum, load(A));
    }
    List<Parameter> parameters = new ArrayList<>();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      parameters.add(new Parameter.Array("input" + i, LENGTH));
      arguments.add(new Argument.Array(new BufferRow(LOCAL, Index.of(i % 4))));
    }
    LoopFunction callee = new LoopFunction("callee", parameters, Block.of(forAll(sum)), "", 1);
    LoopProgram program = program(List.of(callee), new Invoke("callee", arguments));
    String description = "labels " + "\"some label\" ".repeat(50) + "\n";
    ClassPlan plan =
        ClassPlanner.plan(BackendContract.plan(program).header(), program, List.of(), description);
    GeneratedFile file = JavaSourceEmitter.emit(plan);
    assertThat(text(file).lines()).allMatch(line -> line.length() <= 100);
    assertThat(instantiate(file).description()).isEqualTo(description);
  }

  private static Program instantiate(GeneratedFile file) throws IOException {
    return new MemoryLoader(MemoryCompiler.compile(List.of(file))).program("org.example.Emitted");
  }

  @Test
  void anyDescriptionArrivesUnchanged() throws IOException {
    String odd =
        "quotes \"\"\" \\ \\u0041 tab\t end \n\n  indented\r\n\u623f\u5b50 \ud83c\udf33 bell\7 */ \"";
    for (String description : List.of(odd, "", "\n", odd.repeat(3_000))) {
      LoopProgram program = program();
      ClassPlan plan =
          ClassPlanner.plan(
              BackendContract.plan(program).header(), program, List.of(), description);
      assertThat(instantiate(JavaSourceEmitter.emit(plan)).description()).isEqualTo(description);
    }
  }

  @Test
  void commentsCannotEscape() throws IOException {
    List<String> lines = List.of("*/ int x; /* @deprecated <b> & \\u002a/ \u623f -> end");
    LoopFunction function =
        new LoopFunction("spoken", List.of(), Block.of(), lines.get(0) + "\nsecond line", 1);
    LoopProgram program = program(List.of(function));
    ClassHeader header =
        new ClassHeader("org.example", "Emitted", "C:\\users\\a.net", "cnnc test", lines);
    GeneratedFile file = JavaSourceEmitter.emit(ClassPlanner.plan(header, program, List.of(), ""));
    assertThat(text(file)).contains("from C:/users/a.net, do not edit");
    assertThat(instantiate(file).description()).isEmpty();
  }

  @Test
  void theSamePlanGivesTheSameBytes() {
    assertThat(JavaSourceEmitter.emit(smallPlan()).content())
        .isEqualTo(JavaSourceEmitter.emit(smallPlan()).content());
  }

  @Test
  void wrongNumbersAreRefusedInBothForms() throws IOException {
    LoopProgram program =
        program(forAll(load(A)), forAll(new BufferRow(LOCAL, Index.of(0)), load(B)));
    for (Program emitted :
        List.of(BackendContract.source(program), BackendContract.bytecode(program))) {
      Program.Scratch scratch = emitted.newScratch();
      assertThatThrownBy(() -> emitted.rows(2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the program has no buffer 2");
      assertThatThrownBy(() -> emitted.rows(99)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> emitted.rows(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> scratch.rows(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the scratch has no buffer 0");
      assertThatThrownBy(() -> emitted.run(1, 0, 1, scratch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no phase 1");
    }
  }

  @Test
  void loopsThatShouldHaveBeenUnrolledAreRefused() {
    Stmt loop = new For(I, Index.of(0), Index.of(2), For.Kind.UNROLLED, forAll(load(A)));
    assertThatThrownBy(() -> textOf(loop))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("not unrolled");
  }
}
