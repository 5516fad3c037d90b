package org.cnnc.compiler.emit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.MemberNames;

/**
 * Checks that the names of a verified program do not meet the few names that the generated class
 * has anyway. Who makes loops chooses names; emitters do not repair them.
 */
final class NameCheck {
  private static final Set<String> VARIABLES =
      Set.of(ClassPlan.SCRATCH_PARAMETER, ClassPlan.SPECIES_FIELD);

  private NameCheck() {}

  static void check(LoopProgram program, List<ConstantPlan> constants) {
    Set<String> fields = new HashSet<>(VARIABLES);
    constants.forEach(constant -> require(fields.add(constant.name()), constant.name()));
    program.buffers().forEach(buffer -> require(fields.add(buffer.name()), buffer.name()));
    program.functions().stream()
        .map(LoopFunction::name)
        .forEach(name -> require(!MemberNames.isTakenByPrograms(name), name));
  }

  static void check(LoopFunction function, BodyScan scan) {
    scan.locals().forEach(name -> require(!VARIABLES.contains(name), name));
    function.parameters().stream()
        .map(parameter -> parameter.name())
        .forEach(name -> require(!VARIABLES.contains(name), name));
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new InternalCompilerError("`" + name + "` means something else in generated classes");
    }
  }
}
