package org.cnnc.compiler.run;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;

/**
 * Where in memory the elements of an array begin, until it is moved. Only in a virtual machine with
 * {@link #OPTIONS}: there a reference is an address.
 */
final class ArrayAddress {
  static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops");

  private ArrayAddress() {}

  /** By reflection: javac has a warning about that class that nothing can turn off. */
  static long of(float[] array) {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Object unsafe = field.get(null);
      Method begin = type.getMethod("arrayBaseOffset", Class.class);
      Method read = type.getMethod("getLong", Object.class, long.class);
      long reference =
          (long) read.invoke(unsafe, new Object[] {array}, offset(begin, unsafe, Object[].class));
      return reference + offset(begin, unsafe, float[].class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static long offset(Method begin, Object unsafe, Class<?> arrays)
      throws ReflectiveOperationException {
    return ((Number) begin.invoke(unsafe, arrays)).longValue();
  }
}
