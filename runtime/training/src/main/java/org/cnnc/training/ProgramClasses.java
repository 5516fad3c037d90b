package org.cnnc.training;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.cnnc.runtime.Program;

/**
 * Generated programs that are class files in memory. They become ordinary classes with names, in a
 * loader of their own, so that stack traces, profilers and debuggers show lines of the model, and
 * all goes when the network goes.
 */
public final class ProgramClasses {
  private final Loader loader;

  /**
   * Loads nothing yet.
   *
   * @param classFiles by the classes' names: {@code org.example.DigitsPrediction}
   */
  public ProgramClasses(Map<String, byte[]> classFiles) {
    this.loader = new Loader(Map.copyOf(classFiles));
  }

  /**
   * A new program, its parameters zero.
   *
   * @throws IllegalStateException if there is no such class, or it is no program
   */
  public Program create(String className) {
    try {
      return (Program) loader.loadClass(className).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error; // not enough memory for the arenas, above all
      }
      throw new IllegalStateException("a generated class cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a generated class is not as expected", e);
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classFiles;

    Loader(Map<String, byte[]> classFiles) {
      super(Program.class.getClassLoader());
      this.classFiles = classFiles;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classFiles.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
