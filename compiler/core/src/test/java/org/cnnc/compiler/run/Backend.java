package org.cnnc.compiler.run;

import java.io.IOException;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.runtime.Program;

/** The three ways to run a compiled program; all give the same bits. */
public enum Backend {
  INTERPRETER {
    @Override
    public Program load(CompiledProgram compiled) {
      return new InterpretedProgram(compiled);
    }
  },
  SOURCE {
    @Override
    public Program load(CompiledProgram compiled) throws IOException {
      var files = java.util.List.of(JavaSourceEmitter.emit(compiled.plan()));
      return new MemoryLoader(MemoryCompiler.compile(files)).program(compiled.className());
    }
  },
  BYTECODE {
    @Override
    public Program load(CompiledProgram compiled) {
      return MemoryLoader.of(BytecodeEmitter.emit(compiled.plan())).program(compiled.className());
    }
  };

  public abstract Program load(CompiledProgram compiled) throws IOException;
}
