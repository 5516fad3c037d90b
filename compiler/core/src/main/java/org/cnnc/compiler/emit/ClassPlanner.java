package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;

/**
 * Decides how a program becomes a class: which fields each method reads, and which methods need the
 * program, the scratch, or neither.
 */
public final class ClassPlanner {
  private final LoopProgram program;
  private final Map<String, MethodPlan> planned = new HashMap<>();

  private ClassPlanner(LoopProgram program) {
    this.program = program;
  }

  /**
   * Plans a class.
   *
   * @throws InternalCompilerError when names do not work in Java, or a function is called before it
   *     is defined
   */
  public static ClassPlan plan(
      ClassHeader header, LoopProgram program, List<ConstantPlan> constants, String description) {
    NameCheck.check(program, constants);
    ClassPlanner planner = new ClassPlanner(program);
    List<MethodPlan> methods = new ArrayList<>();
    boolean vectors = false;
    for (LoopFunction function : program.functions()) {
      BodyScan scan = BodyScan.of(function.body());
      methods.add(planner.planMethod(function, scan));
      vectors |= scan.usesVectors();
    }
    return new ClassPlan(header, program, methods, vectors, constants, description);
  }

  private MethodPlan planMethod(LoopFunction function, BodyScan scan) {
    List<Buffer> buffers = inProgramOrder(scan.buffers());
    NameCheck.check(function, scan);
    boolean usesScratch = buffers.stream().anyMatch(b -> b.scope() == Buffer.Scope.WORKER);
    boolean usesProgram = buffers.stream().anyMatch(b -> b.scope() != Buffer.Scope.WORKER);
    for (String callee : scan.callees()) {
      MethodPlan called = planned.get(callee);
      if (called == null) {
        throw new InternalCompilerError(
            "function " + function.name() + " calls " + callee + ", which is not before it");
      }
      usesScratch |= called.usesScratch();
      usesProgram |= called.usesProgram();
    }
    MethodPlan plan = new MethodPlan(function, buffers, usesProgram, usesScratch);
    planned.put(function.name(), plan);
    return plan;
  }

  private List<Buffer> inProgramOrder(Set<Buffer> used) {
    List<Buffer> ordered = program.buffers().stream().filter(used::contains).toList();
    if (ordered.size() != used.size()) {
      throw new InternalCompilerError("a function uses a buffer that the program has not: " + used);
    }
    return ordered;
  }
}
