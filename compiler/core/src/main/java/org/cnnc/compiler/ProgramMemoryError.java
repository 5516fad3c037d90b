package org.cnnc.compiler;

import java.util.Locale;

/**
 * A program needs more memory than Java's heap can ever have. It is known before any of it is
 * allocated; whoever handles an {@link OutOfMemoryError} handles it as well.
 */
public final class ProgramMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1L;

  /** Of the heap that is advised, half is for data, and for what else there is. */
  private static final int SHARE = 2;

  private static final int GIB = 1 << 30;

  private final ProgramKind kind;
  private final long bytes;

  private ProgramMemoryError(String message, ProgramKind kind, long bytes) {
    super(message);
    this.kind = kind;
    this.bytes = bytes;
  }

  /**
   * Checks that a program can have the memory that was planned for it, with one worker. What else
   * is in the heap is not counted: only what certainly does not fit is refused.
   *
   * @throws ProgramMemoryError if it cannot; the message says how much it needs, and how much there
   *     is
   */
  public static void expectRoomFor(CompiledProgram program) {
    expectRoom(program, Runtime.getRuntime().maxMemory());
  }

  /** The same for a heap of another size. */
  static void expectRoom(CompiledProgram program, long most) {
    expectRoom(program.kind(), program.memory().bytes(), program.step().mostImages(), most);
  }

  /**
   * The same of a program that is not at hand any more.
   *
   * @param bytes that were planned for it, with one worker
   * @param images most of a run
   */
  public static void expectRoomFor(ProgramKind kind, long bytes, int images) {
    expectRoom(kind, bytes, images, Runtime.getRuntime().maxMemory());
  }

  private static void expectRoom(ProgramKind kind, long bytes, int images, long most) {
    if (bytes > most) {
      throw new ProgramMemoryError(
          String.format(
              Locale.ROOT,
              "the %s program needs %,d bytes%s, Java's heap has at most %,d",
              kind.name().toLowerCase(Locale.ROOT),
              bytes,
              kind == ProgramKind.TRAINING ? " for a batch of " + images : "",
              most),
          kind,
          bytes);
    }
  }

  /** Which program it was. */
  public ProgramKind kind() {
    return kind;
  }

  /** The option for a Java whose heap has room for the program, and for data as well. */
  public String heapOption() {
    return "-Xmx" + (SHARE * bytes + GIB - 1) / GIB + "g";
  }
}
