package org.cnnc.compiler.run;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.cnnc.runtime.Program;

/**
 * Trains programs in a virtual machine of its own, on one to seven threads, and prints a digest of
 * all bits each time: first with code that never ran (every second number of threads, the odd ones
 * and the even ones in turns), then with the same classes after many steps, and with arrays
 * wherever in memory they can begin.
 */
final class ObserveColdAndWarm {
  static final int STEPS = 3;
  static final int THREADS = 7;

  /** A cache line, and the widest vector. */
  private static final int LINE = 64;

  /** Tries until every place has been seen; some tens are enough. */
  private static final int TRIES = 2000;

  private ObserveColdAndWarm() {}

  /** Takes how many steps to warm up with, whether to look for places, then folders of programs. */
  public static void main(String... arguments) throws IOException {
    int warmUp = Integer.parseInt(arguments[0]);
    boolean places = Boolean.parseBoolean(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      StoredProgram stored = StoredProgram.read(Path.of(arguments[i]));
      Supplier<Program> programs = stored.programs();
      for (int threads = 1 + i % 2; threads <= THREADS; threads += 2) { // the slow half of it
        observe("cold", stored, programs.get(), threads);
      }
      if (warmUp > 0) {
        Observed.training(programs.get(), stored.classes(), warmUp, 2);
        for (int threads = 1; threads <= THREADS; threads++) {
          observe("warm", stored, programs.get(), threads);
        }
      }
      if (places) {
        observeAtEveryPlace(stored, programs);
      }
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
