package org.cnnc.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Mutilated texts: diagnostics, never an exception, and no more memory than the text justifies.
 * {@code -Dcnnc.fuzz.texts=10000000} makes a campaign of it, {@code -Dcnnc.fuzz.seed} repeats one.
 * What a campaign finds is kept in {@code corpus/hostile}.
 */
class HostileTextTest {
  private static final int TEXTS = Integer.getInteger("cnnc.fuzz.texts", 5_000);
  private static final long SEED = Long.getLong("cnnc.fuzz.seed", new Random().nextLong());

  /** Only in a campaign is the time looked at: of this thread, whatever else the machine does. */
  private static final boolean CAMPAIGN = System.getProperty("cnnc.fuzz.texts") != null;

  private static final long MOST_NANOSECONDS = 1_000_000_000L;

  /** Of reading a text in all ways; each character may be a token, a diagnostic, a tree node. */
  private static final long BYTES_A_TEXT = 4 << 20;

  private static final long BYTES_A_CHARACTER = 16 << 10;

  private static final int REPORT_EVERY = 100_000;

  /** Every text is checked; so many are also formatted, and shown in all ways, or compiled. */
  private static final int READ_EVERY = 8;

  private static final int COMPILE_EVERY = 500;
  private static final long SMALL = 100_000;

  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long mostTime;
  private long mostBytes;
  private int right;

  @TestFactory
  Stream<DynamicTest> whatWasFoundOnceStaysMended() throws IOException {
    return files(CORPUS.resolve("hostile")).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> FrontEnd.read(Files.readString(file))));
  }

  @Test
  void mutilatedTextsGiveDiagnostics() throws IOException {
    List<String> seeds = seeds();
    seeds.forEach(FrontEnd::read); // what is loaded once is no text's memory
    TextMutator mutator = new TextMutator(new Random(SEED), seeds);
    long begin = System.nanoTime();
    for (int round = 0; round < TEXTS; round++) {
      String text = mutator.next();
      try {
        read(text, round);
      } catch (Throwable failure) {
        throw new AssertionError(
            "seed " + SEED + ", round " + round + ", the text\n" + text, failure);
      }
      if (CAMPAIGN && (round + 1) % REPORT_EVERY == 0) {
        report(round + 1, System.nanoTime() - begin);
      }
    }
    // Mutation must neither break everything nor nothing, or the test tests little.
    assertThat(right).as("right texts, seed %d", SEED).isBetween(TEXTS / 200, TEXTS / 2);
  }

  private void report(int texts, long nanoseconds) {
    System.out.printf(
        "%,d texts, %,d right, %,d a second, seed %d; most of one: %,d us, %,d bytes%n",
        texts, right, texts * 1_000_000_000L / nanoseconds, SEED, mostTime / 1000, mostBytes);
  }

  private void read(String text, int round) {
    long id = Thread.currentThread().getId();
    long bytes = thread.getThreadAllocatedBytes(id);
    long time = thread.getCurrentThreadCpuTime();
    Optional<NetworkGraph> network =
        round % READ_EVERY == 0 ? FrontEnd.read(text) : FrontEnd.check(text);
    time = thread.getCurrentThreadCpuTime() - time;
    bytes = thread.getThreadAllocatedBytes(id) - bytes;
    mostTime = Math.max(mostTime, time);
    mostBytes = Math.max(mostBytes, bytes);
    assertThat(bytes)
        .as("allocated bytes for %d characters", text.length())
        .isLessThan(BYTES_A_TEXT + BYTES_A_CHARACTER * text.length());
    assertThat(CAMPAIGN ? time : 0).as("nanoseconds").isLessThan(MOST_NANOSECONDS);
    right += network.isPresent() ? 1 : 0;
    if (round % COMPILE_EVERY == 0) {
      network.filter(HostileTextTest::isSmall).ifPresent(HostileTextTest::compile);
    }
  }

  private static boolean isSmall(NetworkGraph network) {
    return network.nodes().size() < 50
        && network.nodes().stream()
                .mapToLong(node -> node.operator().parameterCount(node.input().shape()))
                .sum()
            < SMALL
        && network.values().stream().allMatch(value -> value.shape().elements() < SMALL);
  }

  private static void compile(NetworkGraph network) {
    Compiler.compile(network, CompilerOptions.DEFAULT.withFacade(true));
  }

  private static List<String> seeds() throws IOException {
    List<String> seeds = new ArrayList<>();
    Path grammar = Path.of("../../grammar");
    EXAMPLE
        .matcher(Files.readString(grammar.resolve("LANGUAGE.md")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(seeds::add);
    for (Path file : files(CORPUS)) {
      seeds.add(Files.readString(file));
    }
    for (Path file : files(grammar.resolve("src/test/resources/syntax-errors"))) {
      seeds.add(Files.readString(file));
    }
    // As many right ones as wrong ones.
    while (seeds.size() < 200) {
      seeds.add(seeds.get(seeds.size() % 12));
    }
    return seeds;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".net")).sorted().toList();
    }
  }
}
