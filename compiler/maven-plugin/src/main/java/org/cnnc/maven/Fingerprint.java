package org.cnnc.maven;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.cnnc.training.data.DataReader;

/** The SHA-256 of everything that a result depends on: names, settings, contents of files. */
final class Fingerprint {
  private final MessageDigest digest = sha256();

  /** Of a file's bytes. */
  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    digestFile(digest, file);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Adds a named fact. */
  Fingerprint with(String name, Object value) {
    byte[] bytes = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    // The length keeps neighbours apart.
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  /**
   * Adds the content of a file, or the names and contents of all files of a folder: of all that the
   * reader of data sees there, so links are followed, and what is hidden is left out. Of data that
   * one file names, the others count, too.
   */
  Fingerprint withContent(String name, Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      for (Path companion : DataReader.companions(path)) {
        with(name + " with", Files.exists(companion) ? of(companion) : "absent");
      }
      return with(name, Files.exists(path) ? of(path) : "absent");
    }
    VisibleFiles visible = new VisibleFiles(path);
    Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visible);
    Collections.sort(visible.files);
    for (Path file : visible.files) {
      String relative = path.relativize(file).toString().replace('\\', '/');
      with(name + "/" + relative, Files.isDirectory(file) ? "loop" : of(file));
    }
    return this;
  }

  /** Finds files; a folder that links to one around it stands for itself, as a file would. */
  private static final class VisibleFiles extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> files = new ArrayList<>();

    VisibleFiles(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      boolean wanted = folder.equals(root) || !Files.isHidden(folder);
      return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !Files.isHidden(file)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (!(failure instanceof FileSystemLoopException)) {
        throw failure;
      }
      files.add(file);
      return FileVisitResult.CONTINUE;
    }
  }

  /** 64 hexadecimal digits. */
  String value() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void digestFile(MessageDigest digest, Path file) throws IOException {
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, sink);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
