package org.example.sketchpad;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the sketchpad and says where its page is:
 *
 * <pre>java org.example.sketchpad.Sketchpad [--port PORT] [--symbols FILE]</pre>
 */
public final class Sketchpad {
  private static final String USAGE = "expected: Sketchpad [--port PORT] [--symbols FILE]";

  private Sketchpad() {}

  /** Runs until it is interrupted; see above. */
  public static void main(String[] arguments) {
    int exitCode = run(List.of(arguments), System.out, System.err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Starts the server, whose threads go on; the exit code is 0 if it runs. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    int port = 8080;
    Path symbols = Path.of("symbols.json");
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        switch (arguments.get(i)) {
          case "--port" -> port = port(value);
          case "--symbols" -> symbols = Path.of(value);
          default -> throw new IllegalArgumentException(USAGE);
        }
      }
      start(port, symbols, out);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      return 2;
    } catch (BindException e) {
      err.println("error: port " + port + " is taken; choose another with --port, or 0 for any");
      return 1;
    } catch (IOException e) {
      err.println("error: " + e.getMessage());
      return 1;
    }
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("--port: expected 0 to 65535, found \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static void start(int port, Path symbols, PrintStream out) throws IOException {
    Classroom classroom = new Classroom(new SymbolFile(symbols));
    SketchpadServer server = new SketchpadServer(classroom, port);
    out.println("The sketchpad is at " + server.address() + " (Ctrl-C ends it).");
    out.println("Symbols that it is taught are kept in " + symbols.toAbsolutePath() + ".");
  }
}
