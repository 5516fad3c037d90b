package org.cnnc.compiler.emit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Program;

/** Loads classes, and resources, from memory. */
public final class MemoryLoader extends ClassLoader {
  private final Map<String, byte[]> classes;
  private final Map<String, byte[]> resources = new HashMap<>();

  /** By qualified name. */
  public MemoryLoader(Map<String, byte[]> classes) {
    super(Program.class.getClassLoader());
    this.classes = Map.copyOf(classes);
  }

  /** Loader of emitted class files. */
  public static MemoryLoader of(List<GeneratedFile> files) {
    Map<String, byte[]> classes = new HashMap<>();
    for (GeneratedFile file : files) {
      String name = file.path().substring(0, file.path().length() - ".class".length());
      classes.put(name.replace('/', '.'), file.content());
    }
    return new MemoryLoader(classes);
  }

  /** Adds a resource. */
  public MemoryLoader with(String path, byte[] content) {
    resources.put(path, content.clone());
    return this;
  }

  /** A new instance of a generated program. */
  public Program program(String className) {
    try {
      return (Program) loadClass(className).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className, e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] content = classes.get(name);
    if (content == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, content, 0, content.length);
  }

  @Override
  public InputStream getResourceAsStream(String path) {
    byte[] content = resources.get(path);
    return content == null ? super.getResourceAsStream(path) : new ByteArrayInputStream(content);
  }
}
