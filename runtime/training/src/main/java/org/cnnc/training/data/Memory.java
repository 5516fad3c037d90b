package org.cnnc.training.data;

import java.nio.file.Path;

/** What this Java can hold. */
final class Memory {
  private Memory() {}

  /**
   * Checks before data are read into memory that they can be held at all.
   *
   * @param bytes of the data
   * @param otherwise what else would do, beginning with a comma; may be empty
   * @throws DataException if Java's heap can never be so large; the message says how to make it so
   */
  static void expectRoomFor(Path data, long bytes, String otherwise) throws DataException {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new DataException(
          data,
          "holds "
              + bytes
              + " bytes of images, Java's memory is at most "
              + most
              + "; give it more, with -Xmx in JAVA_TOOL_OPTIONS, or take a part of the data"
              + otherwise);
    }
  }

  /** Memory ran out, however much was expected to do, while data were read. */
  static DataException ranOut(Path data, OutOfMemoryError failure) {
    return new DataException(
        data,
        "not enough memory to read the data ("
            + failure.getMessage()
            + "), Java's memory is at most "
            + Runtime.getRuntime().maxMemory()
            + " bytes; give it more, with -Xmx in JAVA_TOOL_OPTIONS",
        failure);
  }
}
