package org.cnnc.compiler.emit;

/** A class that no class file can hold: the network has too many layers. Not a bug. */
public final class ClassTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long constants;

  ClassTooLargeException(String className, long constants) {
    super(className + " needs up to " + constants + " constants");
    this.constants = constants;
  }

  /** Names and numbers that the class may need; {@link #limit()} at most. */
  public long constants() {
    return constants;
  }

  /** What a class file can hold. */
  public static int limit() {
    return ConstantPool.LIMIT;
  }
}
