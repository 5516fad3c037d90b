package org.cnnc.compiler.loop;

import java.util.List;

/**
 * Everything that one generated class does.
 *
 * @param name for people
 * @param maxImages the largest n
 * @param buffers all storage
 * @param functions callees before callers
 * @param phases the step: one after the other, a barrier between them
 */
public record LoopProgram(
    String name,
    int maxImages,
    List<Buffer> buffers,
    List<LoopFunction> functions,
    List<Phase> phases) {
  public LoopProgram {
    buffers = List.copyOf(buffers);
    functions = List.copyOf(functions);
    phases = List.copyOf(phases);
  }

  public LoopProgram withFunctions(List<LoopFunction> newFunctions) {
    return new LoopProgram(name, maxImages, buffers, newFunctions, phases);
  }
}
