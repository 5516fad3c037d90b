package org.cnnc.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.AtomicFiles;

/**
 * A text that a command changes.
 *
 * @param file where it is; empty for standard input
 */
public record SourceText(SourceFile source, Optional<Path> file) {
  private static final String STANDARD_INPUT = "-";

  /**
   * Reads a file, or standard input for {@code -}.
   *
   * @throws SourceException if it cannot be read
   */
  public static SourceText read(String name) throws SourceException {
    if (name.equals(STANDARD_INPUT)) {
      SourceFile source = SourceFile.read("standard input", System.in);
      return new SourceText(source, Optional.empty());
    }
    Path file = Path.of(name);
    return new SourceText(SourceFile.read(file), Optional.of(file));
  }

  /** Gives a file a new content, at once; what a link points at is changed, not the link. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toRealPath();
    PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (view == null) { // a system without such permissions
      AtomicFiles.write(target, content);
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    AtomicFiles.write(target, content);
    view.setPermissions(permissions);
  }
}
