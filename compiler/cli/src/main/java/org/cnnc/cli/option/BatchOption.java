package org.cnnc.cli.option;

import java.util.OptionalInt;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.TrainingSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The most images of a training step. */
public final class BatchOption {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  private OptionalInt batch = OptionalInt.empty();

  @Option(
      names = {"-b", "--batch"},
      paramLabel = "N",
      description = "Images in a training step (default: what the model says).")
  void setBatch(int wanted) {
    if (wanted < 1 || wanted > TrainingSpec.MAXIMUM_BATCH) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--batch': expected 1 to "
              + TrainingSpec.MAXIMUM_BATCH
              + ", found "
              + wanted);
    }
    batch = OptionalInt.of(wanted);
  }

  /** The number asked for. */
  public OptionalInt size() {
    return batch;
  }

  /** Options with the number asked for. */
  public CompilerOptions in(CompilerOptions options) {
    return batch.isPresent() ? options.withBatch(batch.getAsInt()) : options;
  }
}
