package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path file = fileOf(model);
    if (unwanted || !Files.isRegularFile(file)) {
      return TuningFile.nothing();
    }
    String name = String.valueOf(file.getFileName());
    if (Files.size(file) > TuningFile.MOST_BYTES) {
      return TuningFile.leftAside(model.network(), name, "it is too large");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return TuningFile.read(model.network(), name, text);
  }

  /** Where the tiles of a model are kept. */
  public static Path fileOf(Model model) {
    Path file = model.file();
    return file.resolveSibling(TuningFile.nameFor(String.valueOf(file.getFileName())));
  }

  /** Options with the tiles told; what does not fit is a warning on the console. */
  public CompilerOptions in(CompilerOptions options, Model model, Console console)
      throws IOException {
    TuningFile.Reading reading = read(model);
    Model.warn(reading.warning().stream().toList(), console);
    return options.withKernels(reading.choices());
  }
}
