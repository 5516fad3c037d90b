package org.cnnc.cli.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.ClassPlanPrinter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.graph.GraphPrinter;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.memory.MemoryPlanPrinter;
import org.cnnc.compiler.schedule.ScheduledStepPrinter;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.syntax.SyntaxPrinter;

/** Every level of a compilation as text. */
public final class LevelTexts {
  private LevelTexts() {}

  private enum Level {
    /** The syntax tree. */
    SYNTAX,
    /** The network graph. */
    GRAPH,
    /** What is computed: forward, and for training the loss, the backward pass and the update. */
    STEP,
    /** In which order of sums, by which kernels, in which phases. */
    SCHEDULE,
    /** In which memory. */
    MEMORY,
    /** The loop program as lowering makes it. */
    LOOPS,
    /** The loop program after all passes. */
    PASSES,
    /** The class plan. */
    PLAN,
    /** The Java source. */
    SOURCE
  }

  /** What can be shown, in the order of the compilation. */
  public static List<String> names() {
    return Arrays.stream(Level.values())
        .map(level -> level.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * The text of a level.
   *
   * @param program the program to show, of levels below the graph
   * @param name one of {@link #names()}
   */
  public static String of(Model model, ProgramKind program, String name)
      throws ModelException, UserException {
    Level level = Level.valueOf(name.toUpperCase(Locale.ROOT));
    return switch (level) {
      case SYNTAX ->
          SyntaxPrinter.print(
              Parser.parse(model.network().source(), new DiagnosticLog()).orElseThrow());
      case GRAPH -> GraphPrinter.print(model.network());
      case STEP -> StepGraphPrinter.print(compile(model, program).step().graph());
      case SCHEDULE -> ScheduledStepPrinter.print(compile(model, program).step());
      case MEMORY -> memory(compile(model, program));
      case LOOPS -> LoopPrinter.print(compile(model, program).lowered());
      case PASSES -> LoopPrinter.print(compile(model, program).plan().program());
      case PLAN -> ClassPlanPrinter.print(compile(model, program).plan());
      case SOURCE ->
          new String(
              JavaSourceEmitter.emit(compile(model, program).plan()).content(),
              StandardCharsets.UTF_8);
    };
  }

  private static String memory(CompiledProgram program) {
    return MemoryPlanPrinter.print(program.step().graph(), program.memory());
  }

  private static CompiledProgram compile(Model model, ProgramKind kind)
      throws ModelException, UserException {
    if (kind == ProgramKind.TRAINING) {
      model.expectLoss();
    }
    return model.compile(CompilerOptions.DEFAULT.withPrograms(kind)).program(kind);
  }
}
