package org.cnnc.training;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cnnc.runtime.AtomicFiles;
import org.cnnc.runtime.Safetensors;

/**
 * The last checkpoints of a run: {@code digits.checkpoint.safetensors}, before it {@code
 * digits.checkpoint-1.safetensors}, and so on. Whenever a process is killed, the newest file is
 * there and whole, and so is each of the others that is there.
 *
 * @param newest file that the run is saved to
 * @param kept how many are kept, this one among them
 */
public record CheckpointFiles(Path newest, int kept) {
  private static final String ENDING = ".safetensors";

  public CheckpointFiles {
    if (kept < 1) {
      throw new IllegalArgumentException(kept + " checkpoints");
    }
  }

  /** The file of the checkpoint that was saved so many before the newest one. */
  public Path older(int places) {
    String name = String.valueOf(newest.getFileName());
    int end = name.endsWith(ENDING) ? name.length() - ENDING.length() : name.length();
    return newest.resolveSibling(name.substring(0, end) + "-" + places + name.substring(end));
  }

  /** Makes a checkpoint the newest one; the others become older, and the oldest goes. */
  void save(Safetensors checkpoint) throws IOException {
    if (kept > 1 && Files.exists(newest)) {
      shift();
    }
    checkpoint.write(newest);
    removeFrom(kept);
  }

  /**
   * An older checkpoint becomes the newest one, those before it follow; what was saved after it is
   * damaged and goes.
   *
   * @param places how many were saved after it
   */
  public void replaceNewest(int places) throws IOException {
    Files.move(older(places), newest, StandardCopyOption.ATOMIC_MOVE);
    int place = 1;
    while (Files.exists(older(places + place))) {
      Files.move(older(places + place), older(place), StandardCopyOption.ATOMIC_MOVE);
      place++;
    }
    removeFrom(place);
  }

  /** Removes all of them, the newest one last. */
  public void remove() throws IOException {
    removeFrom(1);
    Files.deleteIfExists(newest);
  }

  /** There may be more than are kept now, of a run that kept more. */
  private void removeFrom(int places) throws IOException {
    int place = places;
    while (Files.deleteIfExists(older(place))) {
      place++;
    }
  }

  private void shift() throws IOException {
    for (int place = kept - 1; place > 1; place--) {
      if (Files.exists(older(place - 1))) {
        Files.move(older(place - 1), older(place), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.deleteIfExists(older(1));
    keepNewest();
  }

  /** A second name for the file; what is then written to the first one is another file. */
  private void keepNewest() throws IOException {
    try {
      Files.createLink(older(1), newest);
    } catch (UnsupportedOperationException | FileSystemException e) {
      AtomicFiles.write(older(1), Files.readAllBytes(newest)); // no links there
    }
  }
}
