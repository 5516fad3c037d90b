package org.cnnc.compiler.emit;

/** Where generated files go: a folder, memory, a class loader. */
@FunctionalInterface
public interface ClassSink {
  void accept(GeneratedFile file);
}
