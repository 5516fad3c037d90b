package org.cnnc.maven;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerVersion;

/** Which compiler this is, so that another one compiles everything anew. */
final class CompilerIdentity {
  private CompilerIdentity() {}

  /** The version, and the jar's time and size, which tell snapshots of one version apart. */
  static String text() {
    CodeSource source = Compiler.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return CompilerVersion.GENERATOR
          + " "
          + Files.getLastModifiedTime(jar).toMillis()
          + " "
          + Files.size(jar);
    } catch (URISyntaxException | IOException e) {
      return CompilerVersion.GENERATOR;
    }
  }
}
