package org.cnnc.compiler.transform;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;

/**
 * One rewriting of a loop program. It is pure, keeps every bit that the program computes, and
 * returns its argument if it changes nothing.
 */
public interface LoopPass {
  /** For {@code dump --after} and for messages: {@code unroll-loops}. */
  String name();

  LoopProgram apply(LoopProgram program);

  /** Rewrites each function by itself. */
  @SuppressWarnings("ReferenceEquality") // "unchanged" means the same instance
  static LoopProgram eachFunction(LoopProgram program, UnaryOperator<LoopFunction> rewrite) {
    List<LoopFunction> functions = LoopRewriter.rewriteAll(program.functions(), rewrite);
    return functions == program.functions() ? program : program.withFunctions(functions);
  }
}
