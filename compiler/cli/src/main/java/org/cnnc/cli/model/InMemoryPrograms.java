package org.cnnc.cli.model;

import java.util.HashMap;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.ProgramClasses;

/** The programs of one network as classes of this virtual machine. */
public final class InMemoryPrograms {
  private final Map<ProgramKind, String> names = new HashMap<>();
  private final ProgramClasses classes;

  /**
   * Programs that are loaded when they are needed.
   *
   * @param compiled as bytecode, in one form
   */
  public InMemoryPrograms(CompilationResult compiled) {
    compiled.programs().forEach(program -> names.put(program.kind(), program.className()));
    this.classes = new ProgramClasses(compiled.classFiles());
  }

  /** A new program, its parameters zero. */
  public Program create(ProgramKind kind) {
    return classes.create(names.get(kind));
  }

  /** What a program says of itself. */
  public static ProgramInfo info(Program program) {
    return ProgramInfo.parse(program.description());
  }
}
