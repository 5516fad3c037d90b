package org.cnnc.cli;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.cnnc.cli.console.Console;

/** Runs the command in this process. */
final class Cnnc {
  private Cnnc() {}

  /** What a run left. */
  record Result(int exitCode, String out, String err) {}

  /** Runs the command, nobody watching; paths become their texts. */
  static Result run(Object... arguments) {
    return run(false, arguments);
  }

  /** Runs the command as on a terminal. */
  static Result runOnTerminal(Object... arguments) {
    return run(true, arguments);
  }

  private static Result run(boolean terminal, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int exitCode = Main.run(new Console(out, err, terminal), texts);
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** Trains a network. */
  static Result train(Path model, Path data, Path out, Object... more) {
    Object[] first = {"train", model, "--data", data, "--out", out};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return run(all);
  }
}
