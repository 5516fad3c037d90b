package org.cnnc.cli.model;

import java.util.EnumMap;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.ProgramMemoryError;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.ProgramClasses;

/** The programs of one network as classes of this virtual machine. */
public final class InMemoryPrograms {
  private final Map<ProgramKind, CompiledProgram> programs = new EnumMap<>(ProgramKind.class);
  private final ProgramClasses classes;

  /**
   * Programs that are loaded when they are needed.
   *
   * @param compiled as bytecode, in one form
   */
  public InMemoryPrograms(CompilationResult compiled) {
    compiled.programs().forEach(program -> programs.put(program.kind(), program));
    this.classes = new ProgramClasses(compiled.classFiles());
  }

  /**
   * A new program, its parameters zero.
   *
   * @throws ProgramMemoryError if Java's heap has no room for it
   */
  public Program create(ProgramKind kind) {
    CompiledProgram program = programs.get(kind);
    ProgramMemoryError.expectRoomFor(program);
    return classes.create(program.className());
  }

  /** What a program says of itself. */
  public static ProgramInfo info(Program program) {
    return ProgramInfo.parse(program.description());
  }
}
