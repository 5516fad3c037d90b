package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.cli.console.Console;
import org.cnnc.report.SkippedPictures;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.ImageStore;
import picocli.CommandLine.Option;

/** The labelled images that a command works on; to be closed when it needs them no more. */
public final class DataOption implements AutoCloseable {
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

  @Option(
      names = "--data-in",
      paramLabel = "auto|memory|disk",
      defaultValue = "auto",
      description =
          "Where images are kept meanwhile, fitted to the network; changes no result (default: in "
              + "memory, as long as half of it is left to others).")
  private ImageStore.Place place = ImageStore.Place.AUTO;

  @Option(
      names = "--data-folder",
      paramLabel = "DIR",
      description =
          "Where the file is made that images are kept in on disk; it goes with this process, "
              + "however that ends (default: the folder for temporary files).")
  private Optional<Path> folder = Optional.empty();

  private int skipped;
  private Optional<ImageStore> store = Optional.empty();

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
    DataReader reader = new DataReader(network, store(console));
    if (!skipBad) {
      return use.with(reader);
    }
    SkippedPictures broken = new SkippedPictures();
    try {
      return use.with(reader.skippingBroken(broken));
    } finally {
      skipped += broken.count();
      tell(broken.lines(), console);
    }
  }

  /** How many broken pictures were left out of all that was read; empty if none may be. */
  public OptionalInt skipped() {
    return skipBad ? OptionalInt.of(skipped) : OptionalInt.empty();
  }

  private static void tell(List<String> lines, Console console) {
    for (int i = 0; i < lines.size(); i++) {
      console.message((i == 0 ? "warning: " : "") + lines.get(i));
    }
  }

  /** One for all that is read: memory is shared, too. */
  private ImageStore store(Console console) {
    if (store.isEmpty()) {
      Path files = folder.orElseGet(ImageStore::temporaryFolder);
      store = Optional.of(new ImageStore(place, files, console::message));
    }
    return store.get();
  }

  /** Images that are kept on disk are gone afterwards. */
  @Override
  public void close() throws IOException {
    if (store.isPresent()) {
      store.get().close();
    }
  }

  public Path path() {
    return path;
  }
}
