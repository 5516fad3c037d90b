package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.runtime.Program;

/**
 * Random networks, each interpreted before the passes, after them, as source and as bytecode: two
 * training steps and seven predictions of the same bits. The networks of a group go through javac
 * together, which is what makes many of them possible.
 */
final class NetworkCampaign {
  private static final int GROUP = 20;
  private static final int STEPS = 2;
  private static final long REPORT_NANOSECONDS = 60_000_000_000L;

  private final long first;
  private final long count;
  private final AtomicLong next;
  private final AtomicLong done = new AtomicLong();
  private final List<Throwable> failures = new ArrayList<>();
  private final long begun = System.nanoTime();
  private long reported = begun;
  private int threads;

  /** For the networks of so many seeds. */
  NetworkCampaign(long first, long count) {
    this.first = first;
    this.count = count;
    this.next = new AtomicLong(first);
  }

  /** A network whose source is to be compiled. */
  private record Case(long seed, String text, CompilationResult result) {
    CompiledProgram program(ProgramKind kind) {
      return result.program(kind);
    }
  }

  /** Compares all, and prints what a table of campaigns wants to know. */
  void run(int workerThreads) throws InterruptedException {
    threads = workerThreads;
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work);
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.println(line());
    assertThat(failures).isEmpty();
  }

  private String line() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return String.format(
        Locale.ROOT,
        "random networks: %,d networks, seeds from %d, Java %s, %d threads, %.1f minutes, %.1f a"
            + " second; interpreter, source and bytecode gave %d times other bits",
        done.get(),
        first,
        System.getProperty("java.version"),
        threads,
        seconds / 60,
        done.get() / seconds,
        failures.size());
  }

  private void work() {
    for (long from = next.getAndAdd(GROUP); from - first < count; from = next.getAndAdd(GROUP)) {
      try {
        compare(from, Math.min(first + count, from + GROUP));
      } catch (Throwable failure) {
        note(new AssertionError("in the group of seed " + from, failure));
      }
    }
  }

  private synchronized void note(Throwable failure) {
    failures.add(failure);
  }

  private void compare(long from, long to) throws IOException {
    List<Case> cases = new ArrayList<>();
    List<GeneratedFile> sources = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      // Source files of a group need different names.
      String text = RandomNetwork.text(seed).replace("network Random", "network Random" + seed);
      Case network = new Case(seed, text, Texts.compile("test.net", text, CompilerOptions.DEFAULT));
      cases.add(network);
      for (ProgramKind kind : ProgramKind.values()) {
        sources.add(JavaSourceEmitter.emit(network.program(kind).plan()));
      }
    }
    Map<String, byte[]> classes = MemoryCompiler.compile(sources);
    MemoryLoader loader = new MemoryLoader(classes);
    for (Case network : cases) {
      compare(network, loader);
    }
  }

  private void compare(Case network, MemoryLoader sources) {
    try {
      for (ProgramKind kind : ProgramKind.values()) {
        CompiledProgram program = network.program(kind);
        Observed expected = observe(InterpretedProgram.beforePasses(program), network, kind, 1);
        observe(Backend.INTERPRETER.load(program), network, kind, 1)
            .assertSameAs(expected, "after passes");
        observe(Backend.BYTECODE.load(program), network, kind, 2)
            .assertSameAs(expected, "bytecode");
        observe(sources.program(program.className()), network, kind, 1)
            .assertSameAs(expected, "source");
      }
      report();
    } catch (Throwable failure) {
      note(new AssertionError("seed " + network.seed() + "\n" + network.text(), failure));
    }
    done.incrementAndGet();
  }

  private static Observed observe(Program program, Case network, ProgramKind kind, int threads) {
    return kind == ProgramKind.TRAINING
        ? Observed.training(program, Texts.classes(network.result()), STEPS, threads)
        : Observed.prediction(program);
  }

  private synchronized void report() {
    if (System.nanoTime() - reported > REPORT_NANOSECONDS) {
      reported = System.nanoTime();
      System.out.println(line());
    }
  }
}
