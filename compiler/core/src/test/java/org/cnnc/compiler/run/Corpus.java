package org.cnnc.compiler.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The texts of the corpus, in the test resources. */
public final class Corpus {
  private Corpus() {}

  /** The text of {@code corpus/<path>}. */
  public static String read(String path) throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + path)) {
      if (in == null) {
        throw new IOException("no corpus file " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
