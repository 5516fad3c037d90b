package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of ARCHITECTURE.md is what the compiler prints today. */
class ArchitecturePageTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(net|dump (\\w+))\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyLineOfTheExampleIsPrintedInThisOrder() throws IOException {
    List<MatchResult> blocks =
        BLOCK.matcher(Files.readString(Path.of("..", "ARCHITECTURE.md"))).results().toList();
    Path model = TinyFiles.write(folder.resolve("tiny.net"), blocks.get(0).group(3));
    assertThat(blocks).hasSizeGreaterThan(6);
    for (MatchResult block : blocks.subList(1, blocks.size())) {
      String level = block.group(2);
      Cnnc.Result result = Cnnc.run("dump", model, "--after", level, "--program", "training");
      assertThat(result.exitCode()).as(level).isZero();
      assertThat(result.out().lines().toList())
          .as("dump " + level)
          .containsSubsequence(block.group(3).lines().toList());
    }
  }
}
