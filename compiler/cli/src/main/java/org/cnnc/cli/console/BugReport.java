package org.cnnc.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.compiler.CompilerVersion;

/** What the authors of cnnc want to know of a bug, in a file. */
final class BugReport {
  private BugReport() {}

  /** Writes the file among the temporary ones; returns a line that says where. */
  static String write(Throwable failure, List<String> arguments) {
    String report = text(failure, arguments);
    try {
      Path file = Files.createTempFile("cnnc-bug-", ".txt");
      Files.writeString(file, report);
      return "please report it with this file: " + file;
    } catch (IOException e) {
      return "please report it with this:\n" + report;
    }
  }

  private static String text(Throwable failure, List<String> arguments) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return CompilerVersion.GENERATOR
        + "\narguments: "
        + arguments
        + "\njava: "
        + System.getProperty("java.vendor")
        + " "
        + System.getProperty("java.vm.version")
        + "\nsystem: "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors, "
        + Runtime.getRuntime().maxMemory()
        + " bytes of heap at most\n\n"
        + trace;
  }
}
