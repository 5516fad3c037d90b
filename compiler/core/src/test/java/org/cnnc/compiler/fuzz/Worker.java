package org.cnnc.compiler.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.Hostile.Verdict;

/** A thread that makes inputs, reads them, and measures what that takes. */
final class Worker<T> extends Thread {
  private static final Path FAILED = Path.of("target/fuzz");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Tally tally;
  private final Hostile<T> hostile;
  private final long id = getId();

  private volatile long caseSeed;
  private volatile long begun;
  private volatile Optional<T> input = Optional.empty();

  Worker(Tally tally, Hostile<T> hostile) {
    this.tally = tally;
    this.hostile = hostile;
  }

  @Override
  public void run() {
    try (hostile) {
      warmUp();
      tally.begin();
      for (long seed = tally.next(); tally.goesOn(seed); seed = tally.next()) {
        attempt(seed);
      }
    } catch (Throwable failure) {
      tally.fail("outside of an input", failure);
    }
  }

  private void warmUp() throws IOException {
    for (T example : hostile.examples()) {
      if (!hostile.read(example).sound()) {
        throw new AssertionError("an example is not sound: " + save("example", example));
      }
    }
  }

  private void attempt(long seed) {
    caseSeed = seed;
    input = Optional.empty();
    begun = System.nanoTime();
    try {
      T made = hostile.make(random(seed));
      input = Optional.of(made);
      begun = System.nanoTime();
      measure(made);
    } catch (Throwable failure) { // errors, too: memory and stack
      tally.fail(describeCase(), failure);
    } finally {
      begun = 0;
    }
  }

  /** Seeds that follow each other give numbers that have nothing in common. */
  private static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  private void measure(T made) throws IOException {
    long bytes = threads.getThreadAllocatedBytes(id);
    long time = threads.getCurrentThreadCpuTime();
    Verdict verdict = hostile.read(made);
    time = threads.getCurrentThreadCpuTime() - time;
    bytes = threads.getThreadAllocatedBytes(id) - bytes;
    if (bytes > verdict.justifiedBytes()) {
      throw new AssertionError(
          "allocated " + bytes + " bytes, justified are " + verdict.justifiedBytes());
    }
    // Of the processor, because that does not depend on what else the machine does.
    if (Campaign.FULL && time > 1e9 * verdict.justifiedSeconds()) {
      throw new AssertionError("took " + time / 1_000_000 + " ms");
    }
    tally.add(caseSeed, verdict, time, bytes);
  }

  /** How long the present input has been read; 0 between two. */
  long nanosecondsInCase() {
    long since = begun;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  /** The seed of the present input, and the file that it is saved to. */
  String describeCase() {
    long seed = caseSeed;
    return "seed " + seed + input.map(made -> ", " + save(Long.toString(seed), made)).orElse("");
  }

  private String save(String prefix, T made) {
    Path file = FAILED.resolve(prefix + hostile.extension(made)).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, hostile.content(made));
      return "saved to " + file;
    } catch (IOException e) {
      return "not saved: " + e;
    }
  }
}
