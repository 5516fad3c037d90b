package org.cnnc.cli.option;

import java.io.IOException;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.TuningFile;
import picocli.CommandLine.Option;

/** Whether the tiles that {@code cnnc tune} found are used; changes no bit of a result. */
public final class TuningOption {
  @Option(
      names = "--no-tune",
      description =
          "Leave aside what cnnc tune found and wrote beside the model; changes no result.")
  private boolean unwanted;

  /** What the file beside a model tells; nothing if there is none, or it is not wanted. */
  public TuningFile.Reading read(Model model) throws IOException {
    return unwanted ? TuningFile.nothing() : TuningFile.readBeside(model.network(), model.file());
  }

  /** Options with the tiles told; what does not fit is a warning on the console. */
  public CompilerOptions in(CompilerOptions options, Model model, Console console)
      throws IOException {
    TuningFile.Reading reading = read(model);
    Model.warn(reading.warning().stream().toList(), console);
    return options.withKernels(reading.choices());
  }
}
