package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cnnc.compiler.emit.TestPrograms.A;
import static org.cnnc.compiler.emit.TestPrograms.B;
import static org.cnnc.compiler.emit.TestPrograms.LOCAL;
import static org.cnnc.compiler.emit.TestPrograms.OUT;
import static org.cnnc.compiler.emit.TestPrograms.WEIGHTS;
import static org.cnnc.compiler.emit.TestPrograms.forAll;
import static org.cnnc.compiler.emit.TestPrograms.function;
import static org.cnnc.compiler.emit.TestPrograms.load;
import static org.cnnc.compiler.emit.TestPrograms.program;

import java.util.List;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.junit.jupiter.api.Test;

class ClassPlannerTest {
  private static LoopFunction leaf(String name, Stmt... body) {
    return new LoopFunction(name, List.of(), Block.of(body), "", 1);
  }

  private static Stmt call(String name, Argument... arguments) {
    return new Invoke(name, List.of(arguments));
  }

  @Test
  void methodsReadTheBuffersThatTheirBodiesName() {
    ClassPlan plan = BackendContract.plan(program(forAll(load(B)), forAll(load(A))));
    assertThat(plan.method("step").buffers()).containsExactly(A, B, OUT);
    assertThat(plan.method("step").usesProgram()).isTrue();
    assertThat(plan.method("step").usesScratch()).isFalse();
  }

  @Test
  void whatACalleeUsesItsCallerUses() {
    LoopFunction pure = leaf("pure", new Let("x", new Const(1f)));
    LoopFunction scratch =
        leaf("onScratch", forAll(new BufferRow(LOCAL, Index.of(0)), new Const(1f)));
    LoopFunction model =
        leaf("onModel", forAll(new BufferRow(WEIGHTS, Index.of(0)), new Const(1f)));
    LoopFunction middle = leaf("middle", call("pure"), call("onScratch"));
    ClassPlan plan =
        BackendContract.plan(
            program(List.of(pure, scratch, model, middle), call("middle"), call("onModel")));
    assertThat(plan.method("pure"))
        .matches(method -> !method.usesProgram() && !method.usesScratch());
    assertThat(plan.method("middle"))
        .matches(method -> !method.usesProgram() && method.usesScratch())
        .matches(method -> method.buffers().isEmpty());
    assertThat(plan.method("step")).matches(method -> method.usesProgram() && method.usesScratch());
  }

  @Test
  void onlyProgramsWithVectorNodesGetASpecies() {
    assertThat(BackendContract.plan(program(forAll(load(A)))).usesVectors()).isFalse();
    assertThat(BackendContract.plan(program(forAll(load(A, ValueType.VECTOR)))).usesVectors())
        .isTrue();
  }

  @Test
  void namesOfTheClassItselfAreRefused() {
    assertRefused(program(new Let("scratch", new Const(0f))), "`scratch`");
    LoopFunction run = function("run");
    assertRefused(program(List.of(run), List.of(new Phase("all", "run", 1))), "`run`");
    Buffer species = new Buffer("SPECIES", Buffer.Scope.MODEL, 1, 1);
    assertRefused(new LoopProgram("test", 1, List.of(species), List.of(), List.of()), "`SPECIES`");
  }

  @Test
  void calleesComeBeforeCallers() {
    LoopFunction caller = leaf("caller", call("later"));
    assertRefused(program(List.of(caller, leaf("later"))), "later");
  }

  private static void assertRefused(LoopProgram program, String message) {
    assertThatThrownBy(() -> BackendContract.plan(program))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining(message);
  }
}
