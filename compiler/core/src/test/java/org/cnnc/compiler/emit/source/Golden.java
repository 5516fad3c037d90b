package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that people have read and found good; {@code -Dcnnc.bless=true} writes them anew. */
final class Golden {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "org", "cnnc", "compiler", "emit", "source");

  private Golden() {}

  static void assertSame(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("cnnc.bless")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    }
    assertThat(text)
        .as("%s; if the change is meant, bless it with -Dcnnc.bless=true", name)
        .isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }
}
