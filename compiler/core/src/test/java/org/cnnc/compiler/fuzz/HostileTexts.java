package org.cnnc.compiler.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;

/** Mutilated texts of networks: checked, some of them also formatted and shown, some compiled. */
final class HostileTexts implements Hostile<String> {
  /** Of reading a text in all ways; each character may be a token, a diagnostic, a tree node. */
  private static final long BYTES_A_TEXT = 4 << 20;

  private static final long BYTES_A_CHARACTER = 16 << 10;

  /** What compiling allocates follows from the network, not from its text; a few MiB a layer. */
  private static final long BYTES_A_NODE = 16 << 20;

  /** Every text is checked; of so many one is also formatted and shown in all ways, or compiled. */
  private static final int READ_EVERY = 8;

  private static final int COMPILE_EVERY = 512;
  private static final int SECONDS_TO_COMPILE = 10;
  private static final long SMALL = 100_000;

  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final List<String> right = new ArrayList<>();
  private final TextMutator mutator;

  HostileTexts() throws IOException {
    this(Path.of("../../grammar"));
  }

  private HostileTexts(Path grammar) throws IOException {
    EXAMPLE
        .matcher(Files.readString(grammar.resolve("LANGUAGE.md")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(right::add);
    List<String> seeds = new ArrayList<>(right);
    for (Path file : netFiles(CORPUS)) {
      seeds.add(Files.readString(file));
    }
    for (Path file : netFiles(grammar.resolve("src/test/resources/syntax-errors"))) {
      seeds.add(Files.readString(file));
    }
    // As many right ones as wrong ones.
    while (seeds.size() < 200) {
      seeds.add(seeds.get(seeds.size() % 12));
    }
    this.mutator = new TextMutator(seeds);
  }

  /** What campaigns found. */
  static List<Path> kept() throws IOException {
    return netFiles(CORPUS.resolve("hostile"));
  }

  private static List<Path> netFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".net")).sorted().toList();
    }
  }

  @Override
  public Iterable<String> examples() {
    return right;
  }

  @Override
  public String make(RandomGenerator random) {
    return mutator.next(random);
  }

  /** How much is done with a text hangs on the text, so that its seed alone repeats it. */
  @Override
  public Verdict read(String text) {
    int round = text.hashCode() & 0x7fffffff;
    Optional<NetworkGraph> network =
        round % READ_EVERY == 0 ? FrontEnd.read(text) : FrontEnd.check(text);
    long justified = BYTES_A_TEXT + BYTES_A_CHARACTER * text.length();
    if (round % COMPILE_EVERY == 0 && network.isPresent() && isSmall(network.get())) {
      Compiler.compile(network.get(), CompilerOptions.DEFAULT.withFacade(true));
      justified += BYTES_A_NODE * network.get().nodes().size();
      return new Verdict(true, justified, SECONDS_TO_COMPILE);
    }
    return new Verdict(network.isPresent(), justified);
  }

  private static boolean isSmall(NetworkGraph network) {
    return network.nodes().size() < 50
        && network.nodes().stream()
                .mapToLong(node -> node.operator().parameterCount(node.input().shape()))
                .sum()
            < SMALL
        && network.values().stream().allMatch(value -> value.shape().elements() < SMALL);
  }

  @Override
  public String extension(String text) {
    return ".net.utf16";
  }

  /** UTF-8 has no halves of pairs, and some texts do. */
  @Override
  public byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_16BE);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
