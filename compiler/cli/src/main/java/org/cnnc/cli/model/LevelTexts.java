package org.cnnc.cli.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.ClassPlanPrinter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.graph.GraphPrinter;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.memory.MemoryPlanPrinter;
import org.cnnc.compiler.schedule.ScheduledStepPrinter;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.cnnc.compiler.transform.PassRunner;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.syntax.SyntaxPrinter;

/** Every level of a compilation as text. */
public final class LevelTexts {
  private static final String SYNTAX = "syntax";
  private static final String GRAPH = "graph";
  private static final String STEP = "step";
  private static final String SCHEDULE = "schedule";
  private static final String MEMORY = "memory";
  private static final String LOOPS = "loops";
  private static final String PLAN = "plan";
  private static final String SOURCE = "source";

  private LevelTexts() {}

  /**
   * What can be shown, in the order of the compilation: levels, and between them the passes, those
   * of the vector target, too.
   */
  public static List<String> names() {
    return names(Target.VECTOR);
  }

  private static List<String> names(Target target) {
    List<String> names = new ArrayList<>(List.of(SYNTAX, GRAPH, STEP, SCHEDULE, MEMORY, LOOPS));
    names.addAll(Compiler.passNames(target));
    names.addAll(List.of(PLAN, SOURCE));
    return names;
  }

  /**
   * The texts of all levels by name, and of the passes that changed something.
   *
   * @param kind the program to show, at the levels below the graph
   * @param target its form, at the levels below the step graph
   */
  public static Map<String, String> all(Model model, ProgramKind kind, Target target)
      throws ModelException, UserException {
    CompiledProgram program = compile(model, kind, target);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names(target)) {
      if (program.passes().stream().allMatch(pass -> !pass.name().equals(name) || pass.changed())) {
        texts.put(name, of(model, program, name));
      }
    }
    return texts;
  }

  /**
   * The text of one level.
   *
   * @param name one of {@link #names()}; a pass that only the vector target has is shown of it,
   *     whatever is asked for
   */
  public static String of(Model model, ProgramKind kind, Target target, String name)
      throws ModelException, UserException {
    Target shown = names(target).contains(name) ? target : Target.VECTOR;
    return of(model, compile(model, kind, shown), name);
  }

  private static String of(Model model, CompiledProgram program, String name) {
    return switch (name) {
      case SYNTAX ->
          SyntaxPrinter.print(
              Parser.parse(model.network().source(), new DiagnosticLog()).orElseThrow());
      case GRAPH -> GraphPrinter.print(model.network());
      case STEP -> StepGraphPrinter.print(program.graph());
      case SCHEDULE -> ScheduledStepPrinter.print(program.step());
      case MEMORY -> MemoryPlanPrinter.print(program.step().graph(), program.memory());
      case LOOPS -> LoopPrinter.print(program.lowered());
      case PLAN -> ClassPlanPrinter.print(program.plan());
      case SOURCE ->
          new String(JavaSourceEmitter.emit(program.plan()).content(), StandardCharsets.UTF_8);
      default -> pass(program, name).textAfter();
    };
  }

  private static PassRunner.Step pass(CompiledProgram program, String name) {
    return program.passes().stream()
        .filter(pass -> pass.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no level " + name));
  }

  private static CompiledProgram compile(Model model, ProgramKind kind, Target target)
      throws ModelException, UserException {
    if (kind == ProgramKind.TRAINING) {
      model.expectLoss();
    }
    return model
        .compile(CompilerOptions.DEFAULT.withTargets(target).withPrograms(kind))
        .program(kind);
  }
}
