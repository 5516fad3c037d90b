package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.report.SkippedPictures;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageStore;
import org.cnnc.training.data.Split;
import org.cnnc.training.data.ValidationChoice;

/**
 * The images that a goal's parameters name; to be closed when the goal needs them no more.
 *
 * @param store keeps them in memory, or on disk
 * @param data where they are
 * @param validation which of them, or which others, are not learnt
 * @param skipBad whether broken pictures are left out
 */
record LabelledImages(
    Log log, ImageStore store, Path data, Optional<ValidationChoice> validation, boolean skipBad)
    implements AutoCloseable {
  /** What the parameter {@code dataIn} says. */
  static ImageStore.Place place(String dataIn) throws MojoFailureException {
    return switch (dataIn.strip()) {
      case "auto" -> ImageStore.Place.AUTO;
      case "memory" -> ImageStore.Place.MEMORY;
      case "disk" -> ImageStore.Place.DISK;
      default ->
          throw new MojoFailureException(
              "parameter dataIn: expected auto, memory or disk, found " + dataIn);
    };
  }

  /** Reads the data for a network. */
  DataReader.Data read(ProgramInfo info) throws IOException {
    return with(info, reader -> reader.read(data));
  }

  /** The parts of data that are learnt, and judged by. */
  Split split(Dataset all, ProgramInfo info, long seed) throws IOException, MojoFailureException {
    if (validation.isEmpty()) {
      return Split.none(all);
    }
    try {
      return with(info, reader -> validation.get().split(all, reader, seed));
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException(
          "parameter validation: " + validation.get().text() + ": " + e.getMessage());
    }
  }

  private interface Use<T> {
    T with(DataReader reader) throws IOException;
  }

  private <T> T with(ProgramInfo info, Use<T> use) throws IOException {
    DataReader reader = new DataReader(info, store);
    if (!skipBad) {
      return use.with(reader);
    }
    SkippedPictures skipped = new SkippedPictures();
    try {
      return use.with(reader.skippingBroken(skipped));
    } finally {
      skipped.lines().forEach(log::warn);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** All that decides which images they are. */
  Fingerprint addTo(Fingerprint fingerprint) throws IOException {
    fingerprint
        .withContent("data", data)
        .with("dataName", data.getFileName())
        .with("skipBad", skipBad);
    Optional<Path> others = validation.flatMap(ValidationChoice::path);
    if (others.isPresent()) {
      // Wherever the project lies; but weights and checkpoints tell the folder's name.
      return fingerprint
          .withContent("validation", others.get())
          .with("validationName", others.get().getFileName());
    }
    return fingerprint.with("validation", validation.map(ValidationChoice::text));
  }
}
