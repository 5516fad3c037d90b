package org.cnnc.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Says in one line what is wrong with a file: Java's own messages are often a path alone. */
public final class FileProblems {
  private FileProblems() {}

  /** The file's failure that is behind another one: workers hand theirs on inside others. */
  public static Optional<IOException> behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException reading) {
        return Optional.of(reading.getCause());
      }
    }
    return Optional.empty();
  }

  /** What is wrong, beginning with the file where it is known. */
  public static String describe(IOException failure) {
    if (failure instanceof NoSuchFileException file) {
      return file.getFile() + ": no such file or folder";
    }
    if (failure instanceof AccessDeniedException file) {
      return file.getFile() + ": permission denied";
    }
    if (failure instanceof FileAlreadyExistsException file) {
      return file.getFile() + ": is no folder";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8 text: " + failure.getMessage();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
