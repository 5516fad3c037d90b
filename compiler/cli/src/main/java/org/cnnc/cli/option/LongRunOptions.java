package org.cnnc.cli.option;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.training.LongRun;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a run that takes hours is saved, and what ends it. */
public final class LongRunOptions {
  private static final String CHECKPOINT_MINUTES = "--checkpoint-minutes";
  private static final String KEEP = "--keep";
  private static final String PATIENCE = "--patience";
  private static final String MINUTES = "--minutes";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = CHECKPOINT_MINUTES,
      paramLabel = "N",
      description = "Save the run every N minutes, too, within an epoch (0.5: twice a minute).")
  private Optional<Double> checkpointMinutes = Optional.empty();

  @Option(
      names = KEEP,
      paramLabel = "K",
      description =
          "Keep the last K checkpoints (default: 1). The one before the last is named"
              + " W.checkpoint-1.safetensors, the one before it W.checkpoint-2.safetensors, and so"
              + " on; what is older is removed. Rename one to W.checkpoint.safetensors, and --resume"
              + " goes on from there.")
  private Optional<Integer> kept = Optional.empty();

  @Option(
      names = PATIENCE,
      paramLabel = "N",
      description =
          "End when N epochs, one after the other, brought no better validation result; needs"
              + " --validation.")
  private Optional<Integer> patience = Optional.empty();

  @Option(
      names = MINUTES,
      paramLabel = "N",
      description =
          "Stop after N minutes as Ctrl-C does: save what is learnt, and say how to go on.")
  private Optional<Double> minutes = Optional.empty();

  /** Whether a run may end for want of better results. */
  public boolean hasPatience() {
    return patience.isPresent();
  }

  /**
   * What was asked for.
   *
   * @throws ParameterException if it is not possible
   */
  public LongRun plan() {
    OptionalInt epochs =
        patience.isPresent()
            ? OptionalInt.of(atLeastOne(PATIENCE, patience.get()))
            : OptionalInt.empty();
    return new LongRun(
        checkpointMinutes.map(number -> duration(CHECKPOINT_MINUTES, number)),
        atLeastOne(KEEP, kept.orElse(1)),
        epochs,
        minutes.map(number -> duration(MINUTES, number)));
  }

  private int atLeastOne(String option, int number) {
    if (number < 1) {
      throw invalid(option, "expected at least 1, found " + number);
    }
    return number;
  }

  private Duration duration(String option, double number) {
    try {
      return LongRun.minutes(number);
    } catch (IllegalArgumentException e) {
      throw invalid(option, e.getMessage());
    }
  }

  private ParameterException invalid(String option, String problem) {
    return new ParameterException(
        command.commandLine(), "Invalid value for option '" + option + "': " + problem);
  }
}
