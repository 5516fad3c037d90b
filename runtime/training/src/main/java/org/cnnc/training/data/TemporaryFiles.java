package org.cnnc.training.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Files that do not outlive the process, however that ends: where files can lose their name while
 * they are open, they have none from the beginning on; elsewhere the system deletes them with the
 * last handle ({@link StandardOpenOption#DELETE_ON_CLOSE} asks for either). Only their owner may
 * read them.
 */
final class TemporaryFiles {
  private static final Set<OpenOption> OWN_AND_BRIEF =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private static final String OTHER_FOLDER =
      "; another folder for them is chosen by --data-folder (Maven: dataFolder), or by"
          + " -Djava.io.tmpdir";

  private TemporaryFiles() {}

  /**
   * Makes an empty file.
   *
   * @param bytes that it must have room for
   * @throws DataException if that is not possible in this folder; the message says why
   */
  static FileChannel make(Path folder, long bytes) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder,
          "expected a folder to keep images in, "
              + (Files.exists(folder) ? "this is none" : "there is none"));
    }
    expectRoom(folder, bytes);
    Path file = folder.resolve("cnnc-images-" + UUID.randomUUID() + ".tmp");
    try {
      return FileChannel.open(file, OWN_AND_BRIEF, ownersOnly(file));
    } catch (IOException e) {
      throw problem(folder, "no file can be made here", e);
    }
  }

  private static void expectRoom(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      throw new DataException(
          folder, "the images need " + bytes + " bytes, " + free + " are free here" + OTHER_FOLDER);
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** What went wrong with a file in this folder, and that there are others. */
  static DataException problem(Path folder, String what, IOException cause) {
    String why = ": " + FileProblems.describe(cause) + OTHER_FOLDER;
    return new DataException(folder, what + why, cause);
  }
}
