package org.cnnc.compiler;

import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopVerifier;

/** The passes over a loop program, in order. */
final class LoopPasses {
  private LoopPasses() {}

  static LoopProgram apply(LoopProgram program) {
    LoopVerifier.verify(program);
    return program;
  }
}
