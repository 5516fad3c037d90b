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
  private final Map<ProgramKind, Planned> programs = new EnumMap<>(ProgramKind.class);
  private final ProgramClasses classes;

  /** What is needed of a program; all else that it was compiled by takes memory. */
  private record Planned(String className, long bytes, int images) {
    static Planned of(CompiledProgram program) {
      return new Planned(
          program.className(), program.memory().bytes(), program.step().mostImages());
    }
  }

  /**
   * Programs that are loaded when they are needed.
   *
   * @param compiled as bytecode, in one form
   */
  public InMemoryPrograms(CompilationResult compiled) {
    compiled.programs().forEach(program -> programs.put(program.kind(), Planned.of(program)));
    this.classes = new ProgramClasses(compiled.classFiles());
  }

  /**
   * A new program, its parameters zero.
   *
   * @throws ProgramMemoryError if Java's heap has no room for it
   */
  public Program create(ProgramKind kind) {
    Planned program = programs.get(kind);
    ProgramMemoryError.expectRoomFor(kind, program.bytes(), program.images());
    return classes.create(program.className());
  }

  /** What a program says of itself. */
  public static ProgramInfo info(Program program) {
    return ProgramInfo.parse(program.description());
  }
}
