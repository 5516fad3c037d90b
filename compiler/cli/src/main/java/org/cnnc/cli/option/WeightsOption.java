package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.cnnc.runtime.Safetensors;
import picocli.CommandLine.Option;

/** The weights that a command works with. */
public final class WeightsOption {
  @Option(
      names = {"-w", "--weights"},
      required = true,
      paramLabel = "W",
      description = "Weights: a safetensors file of cnnc train, or a PyTorch state dict.")
  private Path file;

  /** Reads the file. */
  public Safetensors read() throws IOException {
    return Safetensors.read(file);
  }

  public Path file() {
    return file;
  }
}
