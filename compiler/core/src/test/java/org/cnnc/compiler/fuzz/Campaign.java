package org.cnnc.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Reads many hostile inputs on some threads, and fails with the seeds of those that break a reader.
 *
 * <p>Input {@code i} is made of the seed {@code seed + i} and of nothing else, so that the seed of
 * a failure, with one input, repeats it: {@code -Dcnnc.fuzz.seed=S -Dcnnc.fuzz.inputs=1}. The same
 * code runs in each build with few inputs and, with {@code -Pcampaign}, with those of the table in
 * FUZZING.md.
 */
final class Campaign<T> {
  /** Whether this is a campaign, which takes hours, or a build, which takes seconds. */
  static final boolean FULL = Boolean.getBoolean("cnnc.campaign");

  /** Also when the machine is busy with other things, nothing takes so long unless it hangs. */
  private static final long HANGS_NANOSECONDS = 60_000_000_000L;

  private static final long LOOK_MILLISECONDS = 200;
  private static final long REPORT_NANOSECONDS = 60_000_000_000L;

  private final String name;
  private final Supplier<Hostile<T>> hostile;
  private final Tally tally;

  /**
   * A campaign.
   *
   * @param usual inputs in a build
   * @param full inputs in a campaign
   */
  Campaign(String name, int usual, int full, Supplier<Hostile<T>> hostile) {
    this.name = name;
    this.hostile = hostile;
    int inputs = Integer.getInteger("cnnc.fuzz.inputs", FULL ? full : usual);
    this.tally =
        new Tally(name, Long.getLong("cnnc.fuzz.seed", FULL ? System.nanoTime() : 1), inputs);
  }

  /** Reads all inputs; the share of sound ones must lie between these. */
  void run(double fewestSound, double mostSound) throws InterruptedException {
    int threads = Integer.getInteger("cnnc.fuzz.threads", FULL ? processors() : 1);
    List<Worker<T>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Worker<T> worker = new Worker<>(tally, hostile.get());
      worker.setDaemon(true); // one that hangs must not keep the process
      worker.start();
      workers.add(worker);
    }
    watch(workers);
    System.out.println(tally.line(threads));
    assertThat(tally.failures()).as(name).isEmpty();
    // Mutation must neither break everything nor nothing, or the campaign tests little.
    if (tally.inputs() >= 1000) {
      assertThat(tally.soundShare())
          .as("share of sound %s, seed %d", name, tally.seed())
          .isBetween(fewestSound, mostSound);
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void watch(List<Worker<T>> workers) throws InterruptedException {
    long reported = System.nanoTime();
    for (Worker<T> worker : workers) {
      while (worker.isAlive()) {
        worker.join(LOOK_MILLISECONDS);
        workers.forEach(Campaign::expectNoHang);
        if (FULL && System.nanoTime() - reported > REPORT_NANOSECONDS) {
          reported = System.nanoTime();
          System.out.println(tally.line(workers.size()));
        }
      }
    }
  }

  private static void expectNoHang(Worker<?> worker) {
    long nanoseconds = worker.nanosecondsInCase();
    if (nanoseconds > HANGS_NANOSECONDS) {
      String what =
          String.format(
              Locale.ROOT,
              "an input is read since %d s: %s",
              nanoseconds / 1_000_000_000,
              worker.describeCase());
      AssertionError hang = new AssertionError(what);
      hang.setStackTrace(worker.getStackTrace());
      throw hang;
    }
  }
}
