package org.cnnc.cli;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cnnc.cli.console.Console;

/** Runs the command: in this process, or what it takes for one of its own. */
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

  /**
   * Words that run the command in a virtual machine of its own, which starts quickly; the command's
   * words may follow.
   */
  static List<String> inItsOwnProcess(String... javaOptions) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.addAll(List.of(javaOptions));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return words;
  }

  /** Trains a network. */
  static Result train(Path model, Path data, Path out, Object... more) {
    Object[] first = {"train", model, "--data", data, "--out", out};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return run(all);
  }
}
