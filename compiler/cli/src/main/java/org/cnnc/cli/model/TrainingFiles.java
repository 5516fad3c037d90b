package org.cnnc.cli.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnc.cli.console.UserException;
import org.cnnc.runtime.AtomicFiles;
import org.cnnc.training.CheckpointFiles;

/**
 * The files that training writes.
 *
 * @param weights the weights for shipping
 */
public record TrainingFiles(Path weights) {
  private static final String ENDING = ".safetensors";

  /** As what {@link AtomicFiles} removes, should a process be killed that just made it. */
  private static final String TRIAL = ".cnnc-part";

  /** The state of the run, beside the weights: {@code digits.checkpoint.safetensors}. */
  public Path checkpoint() {
    String name = String.valueOf(weights.getFileName());
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return weights.resolveSibling(stem + ".checkpoint" + ENDING);
  }

  /** The state of the run, and older ones that it kept. */
  public CheckpointFiles checkpoints() {
    return new CheckpointFiles(checkpoint(), 1);
  }

  /**
   * Checks, before hours of work, that the files can be written: by making one, since permissions
   * tell neither of file systems that are read-only nor of those that refuse the superuser.
   *
   * @throws UserException if the folder is none or cannot be written to
   * @throws IOException if it cannot be made
   */
  public void prepareFolder() throws IOException, UserException {
    expectNoFolder();
    Path folder = weights.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    try {
      Files.delete(Files.createTempFile(folder, "." + weights.getFileName() + ".", TRIAL));
    } catch (IOException e) {
      throw new UserException(folder + ": " + reason(e) + ", weights cannot be written there");
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : "no file can be made";
  }

  private void expectNoFolder() throws UserException {
    if (Files.isDirectory(weights)) {
      throw new UserException(weights + ": is a folder, expected a file to write weights to");
    }
  }

  /**
   * Checks that a new run replaces nothing.
   *
   * @throws UserException if weights or a checkpoint are there
   */
  public void expectNothingThere() throws UserException {
    expectNoFolder();
    if (Files.exists(weights)) {
      throw new UserException(
          weights
              + ": exists; --resume continues its training, --force replaces it, --out names"
              + " another file");
    }
    if (Files.exists(checkpoint())) {
      throw new UserException(
          checkpoint()
              + ": a run was stopped here; --resume continues it, --force replaces it, --out"
              + " names another file");
    }
  }

  /**
   * Checks that there is a run to go on with.
   *
   * @throws UserException if there is no checkpoint
   */
  public void expectCheckpoint() throws UserException {
    if (!Files.exists(checkpoint())) {
      throw new UserException(checkpoint() + ": no such file, there is no training to resume");
    }
  }
}
