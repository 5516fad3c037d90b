package org.cnnc.compiler.run;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cnnc.runtime.Program;

/**
 * Trains programs in a virtual machine of its own, on one to seven threads, and prints a digest of
 * all bits each time: first with code that never ran (every number of threads, or every second one,
 * the odd ones and the even ones in turns), then with the same classes after many steps, and with
 * arrays wherever in memory they can begin. Where it is asked to, it goes on until C2 has compiled
 * every kernel before it looks once more, and tells of which programs it has.
 */
final class ObserveColdAndWarm {
  static final int STEPS = 3;
  static final int THREADS = 7;

  /** A cache line, and the widest vector. */
  private static final int LINE = 64;

  /** Tries until every place has been seen; some tens are enough. */
  private static final int TRIES = 2000;

  /** What is told of a program whose kernels C2 has compiled, before its name. */
  static final String BY_C2 = "all by C2: ";

  /** What is told of another one. */
  static final String NOT_BY_C2 = "not by C2: ";

  /** Short trainings between looks at what is compiled. */
  private static final int TRAININGS_BETWEEN_LOOKS = 50;

  private ObserveColdAndWarm() {}

  /** A program whose class is loaded once. */
  private record Loaded(StoredProgram stored, Supplier<Program> programs, Set<String> kernels) {
    static Loaded read(Path folder) throws IOException {
      StoredProgram stored = StoredProgram.read(folder);
      Set<String> kernels = Kernels.of(stored.classFiles().get(stored.className()));
      return new Loaded(stored, stored.programs(), kernels);
    }

    void train(int steps) {
      Observed.training(programs.get(), stored.classes(), steps, 2);
    }

    Set<String> missing(CompilationWatch watch) {
      return watch.missing(stored.className(), kernels);
    }
  }

  /**
   * Takes how many steps to warm up with, how many seconds to wait for C2 at most (0: not at all),
   * whether to look for places, whether code that never ran is tried with every number of threads,
   * then folders of programs.
   */
  public static void main(String... arguments) throws IOException {
    int warmUp = Integer.parseInt(arguments[0]);
    int patience = Integer.parseInt(arguments[1]);
    int step = Boolean.parseBoolean(arguments[3]) ? 1 : 2;
    List<Loaded> all = new ArrayList<>();
    for (int i = 4; i < arguments.length; i++) {
      all.add(Loaded.read(Path.of(arguments[i])));
    }
    if (patience > 0) {
      try (CompilationWatch watch = new CompilationWatch(classNames(all))) {
        observeCold(all, warmUp, step);
        waitForC2(all, watch, patience);
      }
    } else {
      observeCold(all, warmUp, step);
    }
    if (warmUp > 0) {
      all.forEach(ObserveColdAndWarm::observeWarm);
    }
    if (Boolean.parseBoolean(arguments[2])) {
      all.forEach(loaded -> observeAtEveryPlace(loaded.stored(), loaded.programs()));
    }
  }

  private static Set<String> classNames(List<Loaded> all) {
    return all.stream().map(loaded -> loaded.stored().className()).collect(Collectors.toSet());
  }

  /** And warms up at once, so that compilers have something to do meanwhile. */
  private static void observeCold(List<Loaded> all, int warmUp, int step) {
    for (int i = 0; i < all.size(); i++) {
      Loaded loaded = all.get(i);
      for (int threads = 1 + i % step; threads <= THREADS; threads += step) { // slow
        observe("cold", loaded.stored(), loaded.programs().get(), threads);
      }
      if (warmUp > 0) {
        loaded.train(warmUp);
      }
    }
  }

  private static void observeWarm(Loaded loaded) {
    for (int threads = 1; threads <= THREADS; threads++) {
      observe("warm", loaded.stored(), loaded.programs().get(), threads);
    }
  }

  /**
   * Repeats what is observed, of those programs that are not done: some kernels are only for the
   * last steps of a training, which have fewer images.
   */
  private static void waitForC2(List<Loaded> all, CompilationWatch watch, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Loaded> open = new ArrayList<>(all);
    open.removeIf(loaded -> loaded.missing(watch).isEmpty());
    while (!open.isEmpty() && !watch.isAtRest() && System.nanoTime() < end) {
      for (int i = 0; i < TRAININGS_BETWEEN_LOOKS; i++) {
        open.forEach(loaded -> loaded.train(STEPS));
      }
      open.removeIf(loaded -> loaded.missing(watch).isEmpty());
    }
    for (Loaded loaded : all) {
      Set<String> missing = loaded.missing(watch);
      System.out.println(
          missing.isEmpty()
              ? BY_C2 + loaded.stored().name() + ", " + loaded.kernels().size() + " kernels"
              : NOT_BY_C2 + loaded.stored().name() + ", " + missing + watch.failures());
    }
  }

  private static void observe(String what, StoredProgram stored, Program program, int threads) {
    String digest = Observed.training(program, stored.classes(), STEPS, threads).digest();
    System.out.println(digest + " " + stored.name() + " " + what + ", " + threads + " threads");
  }

  /** Objects begin at multiples of eight bytes, so objects of odd sizes before move the arrays. */
  private static void observeAtEveryPlace(StoredProgram stored, Supplier<Program> programs) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < TRIES && seen.size() < LINE / Long.BYTES; i++) {
      Program program = programAfter(new byte[i % LINE], programs);
      int place = (int) (ArrayAddress.of(program.rows(0)[0]) % LINE);
      if (seen.add(place)) {
        observe("at place " + place, stored, program, 1 + i % 2);
      }
    }
  }

  /** The object is there, though nobody reads it. */
  private static Program programAfter(byte[] object, Supplier<Program> programs) {
    try {
      return programs.get();
    } finally {
      Reference.reachabilityFence(object);
    }
  }
}
