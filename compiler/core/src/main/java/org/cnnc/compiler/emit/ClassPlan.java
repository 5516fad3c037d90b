package org.cnnc.compiler.emit;

import java.util.List;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Phase;

/**
 * One generated class, decided to the last name: emitters only write it down. The class implements
 * the runtime's {@code Program}; its nested class {@code Scratch} holds the {@link
 * org.cnnc.compiler.loop.Buffer.Scope#WORKER} buffers.
 *
 * @param packageName empty for the unnamed package
 * @param className simple name of the class
 * @param sourceFile name of the {@code .net} file, for the header and the SourceFile attribute
 * @param comment lines of the class comment
 * @param program what is computed; verified, every function within the size budget. Its buffers
 *     become fields of the class (MODEL, SHARED) or of {@code Scratch} (WORKER) under their own
 *     names and order
 * @param methods one a function of the program, in the same order
 * @param constants public constants of the class
 * @param description the text that {@code Program.description()} returns: what the runtime needs to
 *     know (parameters, values, phases), in the format of the runtime's {@code ProgramInfo}
 */
public record ClassPlan(
    String packageName,
    String className,
    String sourceFile,
    List<String> comment,
    LoopProgram program,
    List<MethodPlan> methods,
    List<ConstantPlan> constants,
    String description) {
  public ClassPlan {
    comment = List.copyOf(comment);
    methods = List.copyOf(methods);
    constants = List.copyOf(constants);
  }

  /** Name with package, dots between. */
  public String qualifiedName() {
    return packageName.isEmpty() ? className : packageName + "." + className;
  }

  /** The step; {@code Program.run(phase, ...)} selects by position in this list. */
  public List<Phase> phases() {
    return program.phases();
  }
}
