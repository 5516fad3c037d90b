package org.cnnc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** What BENCHMARKS.md says can be run, can be. */
class BenchmarksPageTest {
  private static final Path PAGE = Path.of("../BENCHMARKS.md");
  private static final Pattern COMMAND =
      Pattern.compile(
          "^compiler/benchmarks/target/benchmarks (.+)$|`benchmarks ([^`]+)`", Pattern.MULTILINE);
  private static final Pattern SCRIPT = Pattern.compile("src/main/python/\\w+[.]py");

  /** Those in running text may leave out what a command needs. */
  @Test
  void eachCommandIsOneWithTheseOptions() throws IOException {
    List<String> commands =
        COMMAND
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .toList();
    Set<String> known = Main.commandLine().getSubcommands().keySet();
    assertThat(commands).hasSizeGreaterThan(known.size());
    assertThat(commands).extracting(command -> command.split(" ", 2)[0]).containsAll(known);
    for (String command : commands) {
      assertThatCode(() -> parse(command)).as(command).doesNotThrowAnyException();
    }
  }

  private static void parse(String command) {
    CommandLine benchmarks = Main.commandLine();
    try {
      benchmarks.parseArgs(words(command));
    } catch (MissingParameterException e) {
      assertThat(e.getCommandLine()).isNotSameAs(benchmarks); // it is the subcommand's
    }
  }

  /** As a shell parts them. */
  private static String[] words(String command) {
    return Pattern.compile("\"([^\"]*)\"|\\S+")
        .matcher(command)
        .results()
        .map(match -> match.group(1) == null ? match.group() : match.group(1))
        .toArray(String[]::new);
  }

  @Test
  void eachScriptIsThere() throws IOException {
    List<String> scripts =
        SCRIPT.matcher(Files.readString(PAGE)).results().map(MatchResult::group).toList();
    assertThat(scripts).isNotEmpty().allSatisfy(script -> assertThat(Path.of(script)).exists());
    try (var files = Files.list(Path.of("src/main/python"))) {
      assertThat(files.map(Path::toString)).allSatisfy(file -> assertThat(scripts).contains(file));
    }
  }
}
