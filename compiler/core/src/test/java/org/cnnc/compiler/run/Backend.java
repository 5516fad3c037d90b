package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.runtime.Program;

/** The three ways to run a compiled program; all give the same bits. */
public enum Backend {
  INTERPRETER {
    @Override
    public Supplier<Program> programs(CompiledProgram compiled) {
      return () -> new InterpretedProgram(compiled);
    }
  },
  SOURCE {
    @Override
    public Supplier<Program> programs(CompiledProgram compiled) throws IOException {
      List<GeneratedFile> files = List.of(JavaSourceEmitter.emit(compiled.plan()));
      MemoryLoader loader = new MemoryLoader(MemoryCompiler.compile(files));
      return () -> loader.program(compiled.className());
    }
  },
  BYTECODE {
    @Override
    public Supplier<Program> programs(CompiledProgram compiled) {
      MemoryLoader loader = MemoryLoader.of(BytecodeEmitter.emit(compiled.plan()));
      return () -> loader.program(compiled.className());
    }
  };

  /** Makes instances of one and the same class, which is compiled no more than once. */
  public abstract Supplier<Program> programs(CompiledProgram compiled) throws IOException;

  /** A program of a class that never ran. */
  public Program load(CompiledProgram compiled) throws IOException {
    return programs(compiled).get();
  }
}
