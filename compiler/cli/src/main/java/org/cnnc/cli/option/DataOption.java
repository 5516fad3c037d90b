package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.DataReader;
import picocli.CommandLine.Option;

/** The labelled images that a command works on. */
public final class DataOption {
  @Option(
      names = {"-d", "--data"},
      required = true,
      paramLabel = "D",
      description =
          "Labelled images: a folder with a folder of PNG or JPEG pictures for each class; "
              + "a folder of IDX files (...-images-idx3-ubyte[.gz] and labels), or the images file; "
              + "or a safetensors file with images [n, C, H, W] and labels [n].")
  private Path path;

  /** Reads the data for a network. */
  public DataReader.Data read(ProgramInfo network) throws IOException {
    return new DataReader(network).read(path);
  }

  public Path path() {
    return path;
  }
}
