package org.cnnc.compiler.emit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Map<Buffer, Integer> positions = new HashMap<>();
  private final Map<String, MethodPlan> planned = new LinkedHashMap<>();

  private ClassPlanner(LoopProgram program) {
    program.buffers().forEach(buffer -> positions.put(buffer, positions.size()));
  }

  /**
   * Plans a class.
   *
   * @throws InternalCompilerError when names do not work in Java, or a function is called before it
   *     is defined
   * @throws ClassTooLargeException when a class file cannot hold so many names and numbers
   */
  public static ClassPlan plan(
      ClassHeader header, LoopProgram program, List<ConstantPlan> constants, String description) {
    NameCheck.check(program, constants);
    ClassPlanner planner = new ClassPlanner(program);
    boolean vectors = false;
    for (LoopFunction function : program.functions()) {
      BodyScan scan = BodyScan.of(function.body());
      planner.planMethod(function, scan);
      vectors |= scan.usesVectors();
    }
    ClassPlan plan =
        new ClassPlan(header, program, planner.planned, vectors, constants, description);
    long entries = ConstantPool.entries(plan);
    if (entries > ConstantPool.LIMIT) {
      throw new ClassTooLargeException(plan.qualifiedName(), entries);
    }
    return plan;
  }

  private void planMethod(LoopFunction function, BodyScan scan) {
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
    planned.put(function.name(), new MethodPlan(function, buffers, usesProgram, usesScratch));
  }

  private List<Buffer> inProgramOrder(Set<Buffer> used) {
    if (!positions.keySet().containsAll(used)) {
      throw new InternalCompilerError("a function uses a buffer that the program has not: " + used);
    }
    return used.stream().sorted(Comparator.comparing(positions::get)).toList();
  }
}
