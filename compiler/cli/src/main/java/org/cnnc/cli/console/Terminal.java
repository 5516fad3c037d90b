package org.cnnc.cli.console;

import java.lang.reflect.InvocationTargetException;

/** Whether a person watches. */
public final class Terminal {
  private Terminal() {}

  /** Whether input and output are a terminal's. */
  @SuppressWarnings("SystemConsoleNull") // before JDK 22 this is how to tell
  public static boolean isInteractive() {
    if (System.console() == null) {
      return false;
    }
    try {
      // Since JDK 22 there may be a console without a terminal, and a method that tells.
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
