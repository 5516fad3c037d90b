package org.cnnc.cli.model;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;

/**
 * The programs of one network as classes of this virtual machine. They are ordinary classes with
 * names, in a loader of their own, so that stack traces, profilers and debuggers show lines of the
 * model, and all goes when the network goes.
 */
public final class InMemoryPrograms {
  private static final String ENDING = ".class";

  private final Map<ProgramKind, Class<?>> classes = new HashMap<>();

  /**
   * Loads programs.
   *
   * @param programs compiled as bytecode
   */
  public InMemoryPrograms(List<CompiledProgram> programs) {
    Loader loader = new Loader();
    for (CompiledProgram program : programs) {
      program.files().forEach(loader::add);
    }
    for (CompiledProgram program : programs) {
      classes.put(program.kind(), loader.load(program.className()));
    }
  }

  /** A new program, its parameters zero. */
  public Program create(ProgramKind kind) {
    try {
      return (Program) classes.get(kind).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error; // not enough memory for the arenas, above all
      }
      throw new InternalCompilerError("a generated class cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new InternalCompilerError("a generated class is not as expected", e);
    }
  }

  /** What a program says of itself. */
  public static ProgramInfo info(Program program) {
    return ProgramInfo.parse(program.description());
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> content = new HashMap<>();

    Loader() {
      super(Program.class.getClassLoader());
    }

    void add(GeneratedFile file) {
      String path = file.path();
      String name = path.substring(0, path.length() - ENDING.length()).replace('/', '.');
      content.put(name, file.content());
    }

    Class<?> load(String name) {
      try {
        return loadClass(name);
      } catch (ClassNotFoundException e) {
        throw new InternalCompilerError("class " + name + " was not generated", e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = content.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
