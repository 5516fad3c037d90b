package org.cnnc.compiler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.loop.IntrinsicFunctions;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.transform.PassRunner;

/**
 * One program at every level below the network graph.
 *
 * @param graph what is computed, before the schedule fuses any of it
 * @param step everything decided but memory
 * @param lowered the loop program as lowering made it, before any pass
 * @param passes each pass over it, with the program before and after
 * @param plan the class, with the loop program after all passes
 * @param files the emitted class or source
 */
public record CompiledProgram(
    ProgramKind kind,
    StepGraph graph,
    ScheduledStep step,
    MemoryPlan memory,
    LoopProgram lowered,
    List<PassRunner.Step> passes,
    ClassPlan plan,
    List<GeneratedFile> files) {
  private static final String CLASS = ".class";

  /** Of the interpreted vectors, if there are any: programs of every target give the same bits. */
  private static final int LANES = 8;

  public CompiledProgram {
    passes = List.copyOf(passes);
    files = List.copyOf(files);
  }

  /** Name of the generated class, with its package. */
  public String className() {
    return plan.header().qualifiedName();
  }

  /**
   * Runs the program as lowering made it: an oracle for all that comes after, the passes and both
   * emitters.
   *
   * @param intrinsics the runtime's functions
   */
  public LoopInterpreter interpreter(IntrinsicFunctions intrinsics) {
    return LoopInterpreter.inFloat(lowered, LANES, intrinsics);
  }

  /** The class files by the names of their classes, with dots; empty if sources were asked for. */
  public Map<String, byte[]> classFiles() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (GeneratedFile file : files) {
      if (file.path().endsWith(CLASS)) {
        String name = file.path().substring(0, file.path().length() - CLASS.length());
        classes.put(name.replace('/', '.'), file.content());
      }
    }
    return classes;
  }
}
