package org.cnnc.report.testing;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.cnnc.runtime.Program;

/**
 * Measures the arrays that generated classes hold, as the virtual machine made them.
 *
 * @param classes folder of the classes
 */
public record AppArrays(Path classes) {

  /**
   * Bytes of what a program holds once; of one that predicts, those are the parameters and what is
   * derived from them.
   */
  public long programBytes(String name) throws IOException, ReflectiveOperationException {
    return with(name, program -> bytes(program));
  }

  /** Bytes of what each thread works in. */
  public long scratchBytes(String name) throws IOException, ReflectiveOperationException {
    return with(name, program -> bytes(program.newScratch()));
  }

  /** Bytes of all that a step works in, with one thread: all but the parameters. */
  public long arenaBytes(String name) throws IOException, ReflectiveOperationException {
    String prediction = name.replace("Training", "Prediction");
    return programBytes(name) - programBytes(prediction) + scratchBytes(name);
  }

  private interface Measure {
    long of(Program program) throws ReflectiveOperationException;
  }

  private long with(String name, Measure measure) throws IOException, ReflectiveOperationException {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, AppArrays.class.getClassLoader())) {
      Class<? extends Program> type = loader.loadClass(name).asSubclass(Program.class);
      return measure.of(type.getConstructor().newInstance());
    }
  }

  private static long bytes(Object holder) throws ReflectiveOperationException {
    Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    long bytes = 0;
    for (Field field : holder.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      bytes += bytesOfNew(field.get(holder), counted);
    }
    return bytes;
  }

  /** Bytes of the floats of an array that were not counted before. */
  private static long bytesOfNew(Object array, Set<Object> counted) {
    if (array == null || !array.getClass().isArray() || !counted.add(array)) {
      return 0;
    }
    if (array instanceof float[] floats) {
      return (long) floats.length * Float.BYTES;
    }
    long bytes = 0;
    for (int i = 0; i < Array.getLength(array); i++) {
      bytes += bytesOfNew(Array.get(array, i), counted);
    }
    return bytes;
  }
}
