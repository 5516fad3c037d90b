package org.cnnc.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** Writes files so that, whenever the machine stops, either the old content is there or the new. */
public final class AtomicFiles {
  private static final String TEMPORARY = ".cnnc-part";

  /** Milliseconds after which a temporary file is one that a killed process has left: an hour. */
  private static final long LEFT_BEHIND = 3_600_000;

  private AtomicFiles() {}

  /**
   * Writes {@code content}: to a temporary file in the same folder, forced to the disk, then
   * renamed. On failure an existing file is as it was and the temporary one is gone; what a killed
   * process left an hour ago or earlier goes, too.
   *
   * @throws FileSystemException if it cannot be written, a full disk among the reasons; names
   *     {@code file}
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /** What a file is to hold. */
  interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** The same of content that need not be in memory at once. */
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + TEMPORARY);
    try {
      removeLeftBehind(target);
      writeForced(temporary, content);
      rename(temporary, target);
      forceFolder(target.getParent());
    } catch (IOException e) {
      throw about(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeForced(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The new name itself has to reach the disk. Where a folder cannot be opened, it does so anyhow.
   */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // Windows
    }
  }

  private static void removeLeftBehind(Path target) throws IOException {
    String prefix = "." + target.getFileName() + ".";
    FileTime then = FileTime.fromMillis(System.currentTimeMillis() - LEFT_BEHIND);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(target.getParent(), entry -> isPart(entry, prefix))) {
      for (Path part : files) {
        if (Files.getLastModifiedTime(part).compareTo(then) < 0) {
          Files.deleteIfExists(part);
        }
      }
    } catch (NoSuchFileException e) {
      return; // another process was faster, or there is no folder, which writing will tell
    }
  }

  private static boolean isPart(Path entry, String prefix) {
    String name = entry.getFileName().toString();
    return name.startsWith(prefix) && name.endsWith(TEMPORARY);
  }

  /** The same failure, of the file that the caller knows. */
  private static IOException about(Path file, IOException failure) {
    String name = file.toString();
    if (failure instanceof AccessDeniedException) {
      return with(new AccessDeniedException(name), failure);
    }
    if (failure instanceof NoSuchFileException) {
      return with(new NoSuchFileException(String.valueOf(file.getParent())), failure);
    }
    String reason =
        failure instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : failure.getMessage();
    return with(new FileSystemException(name, null, reason), failure);
  }

  private static IOException with(FileSystemException told, IOException cause) {
    told.initCause(cause);
    return told;
  }
}
