package org.cnnc.cli.option;

import java.util.Optional;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.check.RunSetting;
import org.cnnc.training.LongRun;
import org.cnnc.training.TrainerSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the model's section {@code train} says, said otherwise for one run. */
public final class SettingsOptions {
  private static final String RATE = "--rate";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-e", "--epochs"},
      paramLabel = "N",
      description = "Passes over the data (default: what the model says).")
  private Optional<Integer> epochs = Optional.empty();

  @Mixin private BatchOption batch;

  @Option(
      names = RATE,
      paramLabel = "R",
      description = "Learning rate (default: what the model says).")
  private Optional<Float> rate = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of all random numbers (default: what the model says).")
  private Optional<Long> seed = Optional.empty();

  /**
   * Checks that no number is outside of its range.
   *
   * @throws ParameterException if one is
   */
  public void check() {
    if (epochs.isPresent() && epochs.get() < 1) {
      throw wrongUsage("Invalid value for option '--epochs': expected at least 1");
    }
    if (rate.isPresent() && !(Float.isFinite(rate.get()) && rate.get() > 0)) {
      throw wrongUsage("Invalid value for option '--rate': expected a number above 0");
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }

  /** Whether nothing is said: all is as the model has it. */
  public boolean isEmpty() {
    return batch.size().isEmpty() && Stream.of(epochs, rate, seed).allMatch(Optional::isEmpty);
  }

  /** Options with the batch. */
  public CompilerOptions in(CompilerOptions options) {
    return batch.in(options);
  }

  /**
   * Settings with what is said here.
   *
   * @param said what the model says, and where the run is saved
   */
  public TrainerSettings in(TrainerSettings said, LongRun plan) {
    return said.with(epochs, rate, seed).withLongRun(plan);
  }

  /** The batch, as messages show it. */
  public Optional<RunSetting<Integer>> batch() {
    return batch.size().isPresent()
        ? Optional.of(setting("--batch", batch.size().getAsInt()))
        : Optional.empty();
  }

  /** The learning rate, as messages show it. */
  public Optional<RunSetting<Float>> rate() {
    return rate.map(given -> setting(RATE, given));
  }

  private static <T> RunSetting<T> setting(String option, T value) {
    return RunSetting.of("command line", option + " " + value, value);
  }
}
