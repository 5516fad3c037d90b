package org.cnnc.compiler.emit.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cnnc.compiler.emit.TestPrograms.A;
import static org.cnnc.compiler.emit.TestPrograms.COUNT;
import static org.cnnc.compiler.emit.TestPrograms.I;
import static org.cnnc.compiler.emit.TestPrograms.OUT;
import static org.cnnc.compiler.emit.TestPrograms.forAll;
import static org.cnnc.compiler.emit.TestPrograms.load;
import static org.cnnc.compiler.emit.TestPrograms.program;
import static org.cnnc.compiler.emit.TestPrograms.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.BackendContract;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.ClassPlanner;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

class BytecodeEmitterTest {
  private static final LoopProgram PROGRAM =
      program(
          new Let("factor", new Const(2f)),
          forAll(load(A)),
          new Store(row(OUT), Index.of(0), new Var("factor", ValueType.SCALAR)));

  private static ClassNode classOf(LoopProgram program, int file) {
    ClassNode type = new ClassNode();
    byte[] content = BytecodeEmitter.emit(BackendContract.plan(program)).get(file).content();
    new ClassReader(content).accept(type, 0);
    return type;
  }

  private static MethodNode step(ClassNode type) {
    return type.methods.stream().filter(m -> m.name.equals("step")).findFirst().orElseThrow();
  }

  @Test
  void linesAreLinesOfTheModel() {
    ClassNode type = classOf(PROGRAM, 0);
    List<Integer> lines = new ArrayList<>();
    for (AbstractInsnNode instruction : step(type).instructions) {
      if (instruction instanceof LineNumberNode line) {
        lines.add(line.line);
      }
    }
    assertThat(lines).containsExactly(7);
    assertThat(type.sourceFile).isEqualTo("model.net");
  }

  @Test
  void stackTracesPointIntoTheModel() {
    Stmt outside = new Store(row(OUT), I.plus(100), new Const(1f));
    LoopProgram unverified = program(For.serial(I, Index.of(COUNT), outside));
    Program emitted = BackendContract.bytecode(unverified);
    assertThatThrownBy(() -> emitted.run(0, 0, 1, emitted.newScratch()))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class)
        .satisfies(
            e ->
                assertThat(e.getStackTrace()[0].toString())
                    .endsWith("org.example.Emitted.step(model.net:7)"));
  }

  @Test
  void localsHaveTheirNames() {
    assertThat(step(classOf(PROGRAM, 0)).localVariables)
        .extracting((LocalVariableNode local) -> local.name + " " + local.desc)
        .containsExactlyInAnyOrder(
            "this Lorg/example/Emitted;", "task I", "n I", "a [F", "out [F", "factor F", "i I");
  }

  @Test
  void scratchIsANestMate() {
    ClassNode type = classOf(PROGRAM, 0);
    ClassNode scratch = classOf(PROGRAM, 1);
    assertThat(scratch.name).isEqualTo("org/example/Emitted$Scratch");
    assertThat(scratch.nestHostClass).isEqualTo(type.name);
    assertThat(type.nestMembers).containsExactly(scratch.name);
    assertThat(type.innerClasses).extracting(inner -> inner.name).contains(scratch.name);
    assertThat(scratch.innerClasses).extracting(inner -> inner.name).contains(scratch.name);
    assertThat(List.of(type.version, scratch.version)).containsOnly(61);
  }

  @Test
  void theSamePlanGivesTheSameBytes() {
    List<GeneratedFile> once = BytecodeEmitter.emit(BackendContract.plan(PROGRAM));
    List<GeneratedFile> again = BytecodeEmitter.emit(BackendContract.plan(PROGRAM));
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).content()).isEqualTo(once.get(i).content());
    }
  }

  @Test
  void constantsAndLongDescriptionsArriveWhole() throws ReflectiveOperationException {
    String description = "labels \"\u623f\u5b50\"\n".repeat(9_000);
    ClassPlan plan =
        ClassPlanner.plan(
            BackendContract.plan(PROGRAM).header(),
            PROGRAM,
            List.of(new ConstantPlan("ARENA_BYTES", 1L << 33, "Bytes.")),
            description);
    Program emitted = MemoryLoader.of(BytecodeEmitter.emit(plan)).program("org.example.Emitted");
    assertThat(emitted.description()).isEqualTo(description);
    assertThat(emitted.getClass().getField("ARENA_BYTES").getLong(null)).isEqualTo(1L << 33);
  }

  @Test
  void loopsThatShouldHaveBeenUnrolledAreRefused() {
    LoopProgram program =
        program(new For(I, Index.of(0), Index.of(2), For.Kind.UNROLLED, forAll(load(A))));
    assertThatThrownBy(() -> BytecodeEmitter.emit(BackendContract.plan(program)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("not unrolled");
  }

  @Test
  void methodsThatAreTooLargeAreRefusedByName() {
    List<Stmt> stores = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      stores.add(new Store(row(OUT), Index.of(i % COUNT), new Const(i)));
    }
    LoopProgram program = program(stores.toArray(Stmt[]::new));
    assertThatThrownBy(() -> BytecodeEmitter.emit(BackendContract.plan(program)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("step");
  }
}
