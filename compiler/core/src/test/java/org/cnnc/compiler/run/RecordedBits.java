package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/**
 * Digests of what networks compute, recorded once, by an interpreter: every Java on every machine
 * gives these. They change only with the rules that fix the order of sums, so nothing writes them
 * anew; who changes those rules copies them from the message.
 */
final class RecordedBits {
  private static final String FILE = "backends/bits.properties";

  private RecordedBits() {}

  /** The digest under a key such as {@code lecture.training.10}. */
  static String of(String key) throws IOException {
    Properties recorded = new Properties();
    recorded.load(new StringReader(Corpus.read(FILE)));
    return recorded.getProperty(key, "nothing recorded");
  }

  /** Fails if a digest is another one than the recorded. */
  static void check(String key, Observed seen) throws IOException {
    assertThat(key + " = " + seen.digest()).as(FILE).isEqualTo(key + " = " + of(key));
  }
}
