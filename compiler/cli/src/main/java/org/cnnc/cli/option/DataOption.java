package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.cnnc.cli.console.Console;
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
          "Labelled images: a folder with a folder of pictures (PNG, JPEG, BMP, GIF) for each class; "
              + "a folder of IDX files (...-images-idx3-ubyte[.gz] and labels), or the images file; "
              + "CIFAR-10 batches (data_batch_1.bin); a zip or tar file of such; a CSV file with "
              + "path,label in each row; or a safetensors file with images [n, C, H, W] and labels "
              + "[n].")
  private Path path;

  @Option(
      names = "--skip-bad",
      description =
          "Leave broken pictures out, if they are not more than the others; they are counted and "
              + "named.")
  private boolean skipBad;

  /** Reads the data for a network. */
  public DataReader.Data read(ProgramInfo network, Console console) throws IOException {
    return with(network, console, reader -> reader.read(path));
  }

  /** Reads something. */
  public interface Use<T> {
    /** Reads with this reader. */
    T with(DataReader reader) throws IOException;
  }

  /** Reads something for a network, as the options say; tells of pictures that were left out. */
  public <T> T with(ProgramInfo network, Console console, Use<T> use) throws IOException {
    DataReader reader = new DataReader(network);
    if (!skipBad) {
      return use.with(reader);
    }
    SkippedPictures skipped = new SkippedPictures();
    try {
      return use.with(reader.skippingBroken(skipped));
    } finally {
      skipped.tell(console);
    }
  }

  public Path path() {
    return path;
  }
}
