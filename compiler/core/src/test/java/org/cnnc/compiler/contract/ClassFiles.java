package org.cnnc.compiler.contract;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The class files of a program, by what made them. */
final class ClassFiles {
  private ClassFiles() {}

  /** Every network of the corpus that compiles. */
  static Stream<String> corpus() {
    return Stream.of(
        "backends/lecture.net",
        "backends/activations.net",
        "backends/strides.net",
        "backends/branches.net",
        "backends/single.net",
        "backends/windows.net",
        "backends/averages.net",
        "backends/long_sums.net",
        "networks/lecture32.net",
        "networks/lenet28.net");
  }

  /** As the bytecode emitter makes them, by path. */
  static Map<String, byte[]> emitted(CompiledProgram program) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BytecodeEmitter.emit(program.plan()).forEach(file -> files.put(file.path(), file.content()));
    return files;
  }

  /** As javac makes them of the emitted source, by class name. */
  static Map<String, byte[]> compiledFromSource(CompiledProgram program) throws IOException {
    return MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())));
  }

  static ClassNode read(byte[] file) {
    ClassNode type = new ClassNode();
    new ClassReader(file).accept(type, 0);
    return type;
  }
}
