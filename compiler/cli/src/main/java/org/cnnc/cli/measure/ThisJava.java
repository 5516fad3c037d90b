package org.cnnc.cli.measure;

import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.VectorSupport;

/** What the Java can run that runs this. */
public final class ThisJava {
  private ThisJava() {}

  /**
   * Checks, before anything is compiled or measured, that code of a form can run.
   *
   * @throws UserException if it needs a module that is not there; the message says how to get it
   */
  public static void expectToRun(Target form) throws UserException {
    if (form == Target.VECTOR && !VectorSupport.hasModule()) {
      throw new UserException(
          "--target vector needs the module jdk.incubator.vector, without which this Java runs ("
              + System.getProperty("java.version")
              + ", "
              + System.getProperty("java.home")
              + "): start it with --add-modules jdk.incubator.vector, or set JAVA_HOME to a JDK"
              + " that has the module");
    }
  }
}
