package org.cnnc.compiler.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.cnnc.compiler.fuzz.Hostile.Verdict;

/** Hands out the seeds of a campaign, and counts what comes of them. */
final class Tally {
  /** Different ones; a campaign goes on until then, because one must not hide the others. */
  private static final int MOST_FAILURES = 10;

  private static final int FRAMES_THAT_TELL = 3;

  private final String name;
  private final long seed;
  private final long inputs;
  private final AtomicLong next;
  private final Map<String, String> failures = new LinkedHashMap<>();
  private long begun;
  private long read;
  private long sound;
  private long failed;
  private double readSeconds;
  private long mostTime;
  private long slowest;
  private long mostBytes;
  private double mostOfJustified;
  private long greediest;

  Tally(String name, long seed, long inputs) {
    this.name = name;
    this.seed = seed;
    this.inputs = inputs;
    this.next = new AtomicLong(seed);
  }

  long seed() {
    return seed;
  }

  long inputs() {
    return inputs;
  }

  long next() {
    return next.getAndIncrement();
  }

  boolean goesOn(long caseSeed) {
    return caseSeed - seed < inputs && failures().size() < MOST_FAILURES;
  }

  /** All is loaded: from now on time counts. */
  synchronized void begin() {
    begun = begun == 0 ? System.nanoTime() : begun;
  }

  synchronized void add(long caseSeed, Verdict verdict, long nanoseconds, long bytes) {
    read++;
    sound += verdict.sound() ? 1 : 0;
    readSeconds += nanoseconds / 1e9;
    if (nanoseconds > mostTime) {
      mostTime = nanoseconds;
      slowest = caseSeed;
    }
    mostBytes = Math.max(mostBytes, bytes);
    double ofJustified = (double) bytes / verdict.justifiedBytes();
    if (ofJustified > mostOfJustified) {
      mostOfJustified = ofJustified;
      greediest = caseSeed;
    }
  }

  /** Notes a failure, unless another one came from the same place. */
  synchronized void fail(String where, Throwable failure) {
    failed++;
    StringBuilder place = new StringBuilder(failure.getClass().getName());
    place.append(where.substring(where.lastIndexOf('.') + 1)); // the form of the file
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES_THAT_TELL, frames.length); i++) {
      place.append(' ').append(frames[i]);
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    failures.putIfAbsent(place.toString(), where + "\n" + trace);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures.values());
  }

  synchronized double soundShare() {
    return (double) sound / Math.max(1, read);
  }

  /** All that a table of campaigns wants to know. */
  synchronized String line(int threads) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return String.format(
        Locale.ROOT,
        "%s: %,d inputs, seed %d, Java %s, %d threads, %.1f minutes, %,.0f a second (%.2f ms"
            + " of a processor each); %.1f %% sound, %d failed; most time of one %.1f ms (seed %d), most memory %,d bytes, at most %.0f %%"
            + " of what is justified (seed %d)",
        name,
        read + failed,
        seed,
        System.getProperty("java.version"),
        threads,
        seconds / 60,
        read / seconds,
        1000 * readSeconds / Math.max(1, read),
        100 * soundShare(),
        failed,
        mostTime / 1e6,
        slowest,
        mostBytes,
        100 * mostOfJustified,
        greediest);
  }
}
