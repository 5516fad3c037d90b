package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.Severity;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;

/**
 * One mistake, one error: every valid network of the corpus, with one token missing, twice,
 * misspelt, another number, or another token of the same network. A sample of the 137,000 texts;
 * all of them with {@code mvn -Pthorough verify}.
 */
class NoCascadesTest {
  private static final int ONE_OF = Thorough.WANTED ? 1 : 60;
  private static final long SEED = 20_261_130;

  private static final Pattern TOKEN =
      Pattern.compile("//[^\n]*|\"(?:\\\\.|[^\"])*\"|->|[A-Za-z_]\\w*|\\d[\\w.]*|\\S");

  private static final List<String> NUMBERS = List.of("0", "1", "1000", "0.5", "99999999999");

  /** Two errors that are two places to look at, by their codes. */
  private static final Set<List<String>> TWO_MISTAKES =
      Set.of(
          // A statement cut in two by a word that begins one, or by `;`: neither half is whole.
          List.of("CNN001", "CNN001"),
          List.of("CNN002", "CNN002"),
          List.of("CNN004", "CNN001"),
          // A `}` that ends the network in its midst: what is cut, and what is left over.
          List.of("CNN001", "CNN014"),
          List.of("CNN002", "CNN014"),
          List.of("CNN042", "CNN014"),
          // A number or a name that two places depend on: each of them can be mended by itself.
          List.of("CNN021", "CNN021"),
          List.of("CNN032", "CNN032"),
          List.of("CNN034", "CNN034"),
          List.of("CNN037", "CNN037"),
          List.of("CNN048", "CNN048"),
          // `value * layer` for `value -> layer`: neither is a number.
          List.of("CNN038", "CNN020"),
          // `1e-1e` for `1e-4`: two words, and neither of them is a number.
          List.of("CNN008", "CNN008"));

  private record Mutation(String what, String text) {}

  @Test
  void oneChangedTokenIsAtMostOneError() {
    Random random = new Random(SEED);
    int tried = 0;
    List<String> cascades = new ArrayList<>();
    for (String network : networks()) {
      assertThat(errors(network)).isEmpty();
      for (Mutation mutation : mutations(network)) {
        if (random.nextInt(ONE_OF) == 0) {
          tried++;
          List<Diagnostic> errors = errors(mutation.text());
          if (errors.size() > 1 && !TWO_MISTAKES.contains(codes(errors))) {
            cascades.add(mutation.what() + "\n" + new TextRenderer(false).render(errors));
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(1500);
    assertThat(cascades).as("of %d texts", tried).isEmpty();
  }

  /** All of them: those with warnings, too. */
  private static List<String> networks() {
    return Stream.of("graph", "backends", "networks", "drawing", "regressions", "warnings")
        .flatMap(topic -> Corpus.cases(topic).stream())
        .map(Corpus::read)
        .toList();
  }

  private static List<Mutation> mutations(String network) {
    List<MatchResult> tokens =
        TOKEN.matcher(network).results().filter(token -> !token.group().startsWith("//")).toList();
    Set<String> words = new LinkedHashSet<>();
    tokens.forEach(token -> words.add(token.group()));
    List<Mutation> all = new ArrayList<>();
    for (MatchResult token : tokens) {
      String word = token.group();
      List<String> others = new ArrayList<>(words);
      others.remove(word);
      others.addAll(List.of("", word + " " + word));
      if (Character.isLetter(word.charAt(0)) && word.length() > 2) {
        others.add("" + word.charAt(0) + word.charAt(2) + word.charAt(1) + word.substring(3));
      }
      if (Character.isDigit(word.charAt(0))) {
        others.addAll(NUMBERS);
      }
      others.forEach(other -> all.add(with(network, token, other)));
    }
    return all;
  }

  private static Mutation with(String network, MatchResult token, String other) {
    return new Mutation(
        "`" + other + "` for `" + token.group() + "`",
        network.substring(0, token.start()) + " " + other + " " + network.substring(token.end()));
  }

  private static List<String> codes(List<Diagnostic> errors) {
    return errors.stream().map(error -> error.code().id()).toList();
  }

  private static List<Diagnostic> errors(String text) {
    DiagnosticLog log = new DiagnosticLog();
    Compiler.check(new SourceFile("model.net", text), log);
    return log.sorted().stream()
        .filter(found -> found.code().severity() == Severity.ERROR)
        .toList();
  }
}
