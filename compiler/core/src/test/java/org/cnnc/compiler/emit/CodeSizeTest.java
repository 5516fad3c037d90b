package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.emit.TestPrograms.A;
import static org.cnnc.compiler.emit.TestPrograms.B;
import static org.cnnc.compiler.emit.TestPrograms.C;
import static org.cnnc.compiler.emit.TestPrograms.COUNT;
import static org.cnnc.compiler.emit.TestPrograms.I;
import static org.cnnc.compiler.emit.TestPrograms.LENGTH;
import static org.cnnc.compiler.emit.TestPrograms.LOCAL;
import static org.cnnc.compiler.emit.TestPrograms.OUT;
import static org.cnnc.compiler.emit.TestPrograms.forAll;
import static org.cnnc.compiler.emit.TestPrograms.program;
import static org.cnnc.compiler.emit.TestPrograms.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.loop.Binary;
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
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The estimate is never below what either emitter makes, and not far above. */
class CodeSizeTest {
  /** How much larger than real code an estimate may be: longest forms of every instruction. */
  private static final double LARGEST_FACTOR = 2;

  private static final int SMALL = 100;

  @Test
  void estimatesAreNeverTooLow() throws IOException {
    List<LoopFunction> functions = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      functions.add(TestPrograms.function("random" + i, body(random, 1 + random.nextInt(12))));
    }
    functions.add(TestPrograms.function("manyLocals", manyLocals()));
    LoopProgram program =
        program(functions, List.of(new Phase("phase", functions.get(0).name(), 1)));
    ClassPlan plan = BackendContract.plan(program);
    byte[] bytecode = BytecodeEmitter.emit(plan).get(0).content();
    byte[] source =
        MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(plan))).get("org.example.Emitted");
    for (LoopFunction function : functions) {
      int estimate = CodeSize.of(function);
      int emitted = sizeOf(bytecode, function.name());
      int compiled = sizeOf(source, function.name());
      assertThat(estimate)
          .as(function.name())
          .isGreaterThanOrEqualTo(emitted)
          .isGreaterThanOrEqualTo(compiled);
      if (compiled > SMALL) {
        assertThat((double) estimate / compiled).as(function.name()).isLessThan(LARGEST_FACTOR);
      }
    }
  }

  private static int sizeOf(byte[] type, String method) {
    OffsetReader reader = new OffsetReader(type);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] thrown) {
            return name.equals(method) ? new MethodNode(Opcodes.ASM9) : null;
          }
        },
        0);
    int returnInstruction = 1;
    return reader.last + returnInstruction;
  }

  /** Knows where the last instruction is. */
  private static final class OffsetReader extends ClassReader {
    private int last;

    OffsetReader(byte[] type) {
      super(type);
    }

    @Override
    protected void readBytecodeInstructionOffset(int offset) {
      last = Math.max(last, offset);
    }
  }

  private static Stmt[] manyLocals() {
    List<Stmt> body = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      body.add(new Let("value" + i, load(A, i % COUNT)));
    }
    body.add(forAll(new Var("value290", ValueType.SCALAR)));
    return body.toArray(Stmt[]::new);
  }

  private static Expr load(Buffer buffer, int index) {
    return new Load(row(buffer), Index.of(index), ValueType.SCALAR);
  }

  private static Stmt[] body(Random random, int statements) {
    List<Stmt> body = new ArrayList<>();
    for (int i = 0; i < statements; i++) {
      body.add(statement(random, "local" + i));
    }
    return body.toArray(Stmt[]::new);
  }

  private static Stmt statement(Random random, String name) {
    return switch (random.nextInt(6)) {
      case 0 -> forAll(expression(random, 4, ValueType.SCALAR));
      case 1 -> forAll(expression(random, 4, ValueType.VECTOR));
      case 2 -> new Let(name, load(C, random.nextInt(COUNT)));
      case 3 -> new Fill(row(B), random.nextInt(9), 10 + random.nextInt(20), new Const(0f));
      case 4 ->
          For.serial(
              I,
              Index.of(COUNT),
              new Copy(
                  row(A), I.dividedBy(3), new BufferRow(LOCAL, I.remainder(4)), Index.of(2), 7));
      default ->
          For.serial(
              I,
              Index.of(COUNT),
              new Store(
                  row(OUT),
                  I.plus(random.nextInt(LENGTH - COUNT)),
                  expression(random, 3, ValueType.SCALAR)));
    };
  }

  private static Expr expression(Random random, int depth, ValueType type) {
    if (depth == 0) {
      return leaf(random, type);
    }
    Expr left = expression(random, depth - 1, type);
    Expr right = expression(random, depth - 1, type);
    return switch (random.nextInt(5)) {
      case 0 -> new Fma(left, right, leaf(random, type));
      case 1 -> new Select(Select.Comparison.LESS, left, right, leaf(random, type), left);
      case 2 -> new Unary(oneOf(random, Unary.Op.values()), left);
      default -> new Binary(oneOf(random, Binary.Op.values()), left, right);
    };
  }

  private static <T> T oneOf(Random random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Expr leaf(Random random, ValueType type) {
    Expr scalar =
        switch (random.nextInt(4)) {
          case 0 -> new Const(random.nextInt(4));
          case 2 -> new IndexBits(I.times(random.nextInt(2000)));
          case 1 -> new Const(random.nextFloat());
          default -> new IndexToFloat(I.times(random.nextInt(2000)).plus(-128));
        };
    if (random.nextInt(3) == 0) {
      return type == ValueType.SCALAR ? scalar : new Broadcast(scalar);
    }
    Index place = I.plus(random.nextInt(2));
    return random.nextBoolean()
        ? new Load(row(B), place, type)
        : new Load(new BufferRow(LOCAL, Index.of(random.nextInt(4))), place, type);
  }
}
