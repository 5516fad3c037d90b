package org.cnnc.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cnnc.benchmarks.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, with a tiny network and a peer that only says how fast it is. */
class CompareCommandTest {
  @TempDir private Path folder;

  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model =
        Files.writeString(
            folder.resolve("tiny.net"),
            """
            network Tiny {
                input image[1, 6, 6];
                output answer = image -> conv(2, kernel = 3) -> relu -> flatten -> fc(2) -> softmax;
                loss cross_entropy(answer);
                train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 4; }
            }
            """);
  }

  private record Run(int exitCode, List<String> lines) {}

  private Run run(String... more) throws URISyntaxException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path peer = Path.of(CompareCommandTest.class.getResource("FakePeer.java").toURI());
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(new StringWriter()));
    String[] common = {
      "compare",
      model.toString(),
      "--peers",
      peer.toString(),
      "--python",
      java,
      "--batches",
      "1,3",
      "--threads",
      "2",
      "--warmup",
      "0",
      "--rounds",
      "2"
    };
    String[] all = new String[common.length + more.length];
    System.arraycopy(common, 0, all, 0, common.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    int exitCode = command.execute(all);
    return new Run(exitCode, out.toString().lines().toList());
  }

  @Test
  void everyRoundMeasuresOursAndThePeersInTurns() throws IOException, URISyntaxException {
    Path json = folder.resolve("figures.json");
    Run run = run("--seconds", "0", "--targets", "plain", "--json", json.toString());
    assertThat(run.exitCode()).isZero();

    JsonObject page = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    List<JsonObject> figures = objects(page, "figures");
    assertThat(figures.stream().map(figure -> figure.get("peer").getAsString()))
        .startsWith("cnnc-plain", "cnnc-plain", "cnnc-plain", "cnnc-plain")
        .endsWith(
            "cnnc-plain", "cnnc-plain", "cnnc-plain", "broken", "fake", "fake", "fake", "fake")
        .hasSize(18);
    assertThat(figures.get(17).get("round").getAsInt()).isEqualTo(2);
    assertThat(run.lines().subList(0, 18))
        .isEqualTo(figures.stream().map(figure -> figure.toString()).toList());

    List<JsonObject> comparisons = objects(page, "comparisons");
    assertThat(comparisons).hasSize(8);
    JsonObject ours = comparisons.get(0);
    assertThat(ours.get("net").getAsString()).isEqualTo("tiny");
    double slowest = ours.getAsJsonObject("microseconds").get("largest").getAsDouble();
    assertThat(ours.getAsJsonObject("ratio").get("smallest").getAsDouble()).isEqualTo(1 / slowest);
    assertThat(comparisons.get(1).has("ratio")).isFalse();
    assertThat(run.lines().get(19)).startsWith("net ");
    assertThat(run.lines()).hasSize(20 + 8);
  }

  private static List<JsonObject> objects(JsonObject page, String member) {
    return StreamSupport.stream(page.getAsJsonArray(member).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  @Test
  void aPeerThatFailsEndsTheComparison() throws URISyntaxException {
    assertThat(run("--seconds", "0.125", "--targets", "plain").exitCode()).isEqualTo(1);
  }
}
