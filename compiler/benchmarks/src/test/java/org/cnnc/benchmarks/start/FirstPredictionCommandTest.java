package org.cnnc.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.benchmarks.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstPredictionCommandTest {
  @TempDir private Path folder;

  /** The other program writes a line each time it is started, so that starts can be counted. */
  @Test
  void allAreStartedInTurnsAndTimed() throws Exception {
    Path model =
        Files.writeString(
            folder.resolve("small.net"),
            """
            network Small {
                input image[1, 4, 4];
                output answer = image -> flatten -> fc(3) -> softmax;
                loss cross_entropy(answer);
            }
            """);
    Path starts = folder.resolve("starts.txt");
    Path script = Files.writeString(folder.resolve("app.sh"), "echo started >> " + starts + "\n");
    StringWriter out = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                "first-prediction", model.toString(), "--rounds", "2", "--beside", "sh  " + script);
    assertThat(exitCode).as(out.toString()).isZero();
    List<String> lines = out.toString().lines().toList();
    boolean caches = Runtime.version().feature() >= 25;
    assertThat(lines).hasSize(caches ? 6 : 5);
    String process = " +\\d+ \\(\\d+ to \\d+\\)";
    String inside = "( +\\d+[.]\\d \\(\\d+[.]\\d to \\d+[.]\\d\\)){2}";
    assertThat(lines.get(1)).matches("java, a class that does nothing" + process);
    assertThat(lines.subList(2, lines.size() - 1))
        .allMatch(line -> line.matches("app(, CDS archive|, AOT cache)?" + process + inside));
    assertThat(lines.get(lines.size() - 1)).startsWith("sh  ").matches(".*app[.]sh" + process);
    assertThat(Files.readAllLines(starts)).hasSize(2);
  }

  /** As cnnc itself says it. */
  @Test
  void aMistakeOfTheUsersHasNoStackTrace() throws Exception {
    Path model = Files.writeString(folder.resolve("wrong.net"), "network Wrong { }\n");
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .execute("first-prediction", model.toString());
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).startsWith("error[CNN").doesNotContain("Exception");
  }
}
