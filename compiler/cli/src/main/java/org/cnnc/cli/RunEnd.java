package org.cnnc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.training.TrainingResult;

/** Tells why a run ended before its last epoch, and how to go on with it. */
final class RunEnd {
  private final Console console;
  private final boolean json;
  private final List<String> arguments;

  /**
   * Tells of one run.
   *
   * @param json whether programs are told, too
   * @param arguments that the command was called with
   */
  RunEnd(Console console, boolean json, List<String> arguments) {
    this.console = console;
    this.json = json;
    this.arguments = List.copyOf(arguments);
  }

  /** Says nothing of a run that is complete with its last epoch. */
  void tell(TrainingResult result) {
    switch (result.ending()) {
      case COMPLETE -> {}
      case OUT_OF_PATIENCE -> tellPatience(result.weights().metadata());
      case STOPPED -> tellHowToGoOn("stopped");
      case OUT_OF_TIME -> tellHowToGoOn("the time is up");
    }
  }

  private void tellPatience(Map<String, String> facts) {
    int epochs = Integer.parseInt(facts.get("cnnc.epochs"));
    int best = Integer.parseInt(facts.get("cnnc.epoch"));
    int waited = epochs - best;
    console.message(
        "complete after epoch "
            + epochs
            + ": epoch "
            + best
            + " was the best, "
            + (waited == 1 ? "the epoch" : waited + " epochs")
            + " after it brought nothing better (--patience)");
    tellPrograms(
        new JsonObject().with("event", "patience").with("epoch", epochs).with("best", best));
  }

  private void tellHowToGoOn(String what) {
    console.message(what + "; what is learnt is saved. To go on:");
    console.message("  " + resumeCommand());
    tellPrograms(
        new JsonObject()
            .with("event", "stopped")
            .with("why", what)
            .with("resume", resumeCommand()));
  }

  private void tellPrograms(JsonObject event) {
    if (json) {
      console.line(event.toString());
    }
  }

  private String resumeCommand() {
    List<String> words = new ArrayList<>(List.of("cnnc"));
    words.addAll(arguments);
    words.remove("--force");
    words.remove("--resume");
    int init = words.indexOf("--init"); // the checkpoint has what came of it
    if (init >= 0) {
      words.subList(init, init + 2).clear();
    }
    words.removeIf(word -> word.startsWith("--init="));
    words.add("--resume");
    return words.stream()
        .map(
            word -> word.matches("[\\w./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
