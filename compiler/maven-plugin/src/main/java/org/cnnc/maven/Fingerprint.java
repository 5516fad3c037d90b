package org.cnnc.maven;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

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

  /** Adds the content of a file, or the names and contents of all files of a folder. */
  Fingerprint withContent(String name, Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return with(name, Files.exists(path) ? of(path) : "absent");
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String relative = path.relativize(file).toString().replace('\\', '/');
      with(name + "/" + relative, of(file));
    }
    return this;
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
