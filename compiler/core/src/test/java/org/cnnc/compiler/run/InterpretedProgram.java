package org.cnnc.compiler.run;

import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.RuntimeIntrinsics;
import org.cnnc.runtime.Program;

/** A program run by the loop interpreter, for one worker. */
public final class InterpretedProgram implements Program, Program.Scratch {
  private final LoopProgram program;
  private final LoopInterpreter interpreter;
  private final String description;

  /** The program that the emitters get. */
  public InterpretedProgram(CompiledProgram compiled) {
    this(compiled, 8);
  }

  /** The same with other vectors: 4, 8 or 16 lanes. */
  public InterpretedProgram(CompiledProgram compiled, int lanes) {
    this(compiled.plan().program(), compiled.plan().description(), lanes);
  }

  private InterpretedProgram(LoopProgram program, String description, int lanes) {
    this.program = program;
    this.interpreter = LoopInterpreter.inFloat(program, lanes, RuntimeIntrinsics.ALL);
    this.description = description;
  }

  /** The program as lowering made it, before any pass. */
  public static InterpretedProgram beforePasses(CompiledProgram compiled) {
    return new InterpretedProgram(compiled.lowered(), compiled.plan().description(), 8);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public float[][] rows(int buffer) {
    return interpreter.rows(program.buffers().get(buffer).name());
  }

  @Override
  public Scratch newScratch() {
    return this;
  }

  @Override
  public void run(int phase, int task, int images, Scratch scratch) {
    interpreter.run(phase, task, images);
  }
}
