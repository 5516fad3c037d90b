package org.cnnc.compiler.fuzz;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Inputs that nobody would write on purpose, and what reads them. A worker of a campaign has its
 * own.
 */
interface Hostile<T> extends AutoCloseable {
  /**
   * What became of an input that was read.
   *
   * @param sound whether the reader took it for right; if not, it said so in its own way
   * @param justifiedBytes what it may have allocated for that, of memory that is given back too
   * @param justifiedSeconds of a processor
   */
  record Verdict(boolean sound, long justifiedBytes, int justifiedSeconds) {
    /** Of reading alone, which takes less than a second. */
    Verdict(boolean sound, long justifiedBytes) {
      this(sound, justifiedBytes, 1);
    }
  }

  /** Sound inputs: read before all others, because what is loaded once is no input's memory. */
  Iterable<T> examples();

  /** An input, the same for the same numbers. */
  T make(RandomGenerator random);

  /** Reads an input. Whatever it throws is a bug: mistakes that are reported are a verdict. */
  Verdict read(T input) throws IOException;

  /** The end of the name of a file with this input. */
  String extension(T input);

  /** What such a file holds. */
  byte[] content(T input);

  @Override
  void close() throws IOException;
}
