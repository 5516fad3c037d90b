package org.cnnc.compiler.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.cnnc.compiler.internal.InternalCompilerError;

/**
 * Checks what every pass and emitter relies on: names are declared once and never shadowed, types
 * agree, every access lies within its array by the ranges of its index, loops and calls keep to the
 * declared ranges, functions do not recurse, and vector loops give the same result for any number
 * of lanes.
 */
public final class LoopVerifier {
  private final LoopProgram program;
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final Map<String, LoopFunction> earlierFunctions = new LinkedHashMap<>();

  private LoopVerifier(LoopProgram program) {
    this.program = program;
  }

  /**
   * Returns if the program is legal.
   *
   * @throws InternalCompilerError naming the function, the statement and what is wrong with it
   */
  public static void verify(LoopProgram program) {
    new LoopVerifier(program).verify();
  }

  private void verify() {
    require(program.maxImages() >= 1, "program " + program.name(), "maxImages below 1");
    for (Buffer buffer : program.buffers()) {
      String place = LoopPrinter.print(buffer);
      requireName(buffer.name(), place);
      require(buffers.put(buffer.name(), buffer) == null, place, "the name is not unique");
    }
    for (LoopFunction function : program.functions()) {
      String place = "function " + function.name();
      requireName(function.name(), place);
      FunctionVerifier.verify(function, buffers, earlierFunctions);
      require(
          earlierFunctions.put(function.name(), function) == null, place, "the name is not unique");
    }
    Set<String> phaseNames = new HashSet<>();
    for (Phase phase : program.phases()) {
      verifyPhase(phase);
      require(phaseNames.add(phase.name()), LoopPrinter.print(phase), "the name is not unique");
    }
  }

  private void verifyPhase(Phase phase) {
    String place = LoopPrinter.print(phase);
    LoopFunction function = earlierFunctions.get(phase.function());
    require(function != null, place, "no such function");
    require(phase.tasks() >= 1, place, "no task");
    List<Parameter> parameters = function.parameters();
    require(
        parameters.size() == 2
            && parameters.get(0) instanceof Parameter.Integer task
            && task.variable().min() == 0
            && task.variable().max() == phase.tasks() - 1
            && parameters.get(1) instanceof Parameter.Integer images
            && images.variable().min() == 1
            && images.variable().max() == program.maxImages(),
        place,
        "the function must have two integer parameters: the task in 0.."
            + phase.tasks()
            + " and n in 1.."
            + (program.maxImages() + 1L));
  }

  private static void requireName(String name, String place) {
    require(SourceVersion.isName(name) && !name.contains("."), place, "not a legal Java name");
  }

  private static void require(boolean holds, String place, String rule) {
    if (!holds) {
      throw new InternalCompilerError(place + ": " + rule);
    }
  }
}
