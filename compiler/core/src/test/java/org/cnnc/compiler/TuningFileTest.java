package org.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.run.Corpus;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TuningFileTest {
  private NetworkGraph network;

  @BeforeEach
  void check() throws IOException {
    String text = Corpus.read("networks/lenet28.net");
    network =
        Compiler.check(new SourceFile("lenet28.net", text), new DiagnosticLog()).orElseThrow();
  }

  private String header() {
    return "version 2\nhash " + TuningFile.hashOf(network) + "\n";
  }

  private TuningFile.Reading read(String text) {
    return TuningFile.read(network, "lenet28.tune", text);
  }

  @Test
  void whatIsWrittenIsRead() {
    Map<Target, Map<String, KernelChoice>> choices = new EnumMap<>(Target.class);
    choices.put(Target.PLAIN, Map.of("conv1", KernelChoice.ofSums(5)));
    choices.put(
        Target.VECTOR,
        Map.of(
            "conv2.d_input",
            new KernelChoice(4, 2, LaneChoice.CHANNELS),
            "conv2",
            new KernelChoice(4, 2, LaneChoice.PIXELS),
            "conv1",
            KernelChoice.ofSums(10)));
    TuningFile file =
        new TuningFile(
            TuningFile.hashOf(network),
            "25.0.3",
            "amd64, 2 processors",
            new KernelChoices(choices, Optional.empty()));
    assertThat(file.text())
        .endsWith(
            """
            java 25.0.3
            machine amd64, 2 processors
            tile plain conv1 5 sums 1 vectors
            tile vector conv1 10 sums 1 vectors
            tile vector conv2 4 sums 2 vectors, pixels in lanes
            tile vector conv2.d_input 4 sums 2 vectors, channels in lanes
            """);
    assertThat(read(file.text()))
        .isEqualTo(new TuningFile.Reading(file.choices(), Optional.empty()));
    assertThat(read(file.text().replace("\n", "\r\n")).choices()).isEqualTo(file.choices());
  }

  @Test
  void theBatchSizeDoesNotMatter() {
    NetworkGraph other = network.withTraining(network.training().withBatch(3));
    assertThat(TuningFile.hashOf(other)).isEqualTo(TuningFile.hashOf(network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile plain conv1 5 sums",
        "tile wide conv1 5 sums 1 vectors",
        "tile plain conv1 0 sums 1 vectors",
        "tile plain conv1 99 sums 1 vectors",
        "tile plain conv1 8 sums 9 vectors",
        "tile plain conv1 8 sums 1 vectors, channels in lanes",
        "tile vector conv1 8 sums 1 vectors, taps in lanes",
        "tile vector conv1 8 sums 1 vectors, by_cost in lanes",
        "tile vector conv1 8 sums 1 vectors, channels",
        "tile plain conv1 99999999999 sums 1 vectors",
        "tile plain conv1 -1 sums 1 vectors",
        "tile plain conv1 5 sums 1 vectors\ntile plain conv1 5 sums 1 vectors",
        "version 2",
        "speed 9",
        "hash",
        "\u0000\u0001"
      })
  void brokenFilesAreLeftAsideAsAWhole(String line) {
    TuningFile.Reading reading = read(header() + "tile plain fc1 4 sums 1 vectors\n" + line + "\n");
    assertThat(reading.choices()).isEqualTo(KernelChoices.NONE);
    assertThat(reading.warning().orElseThrow().code())
        .isEqualTo(DiagnosticCode.TUNING_DOES_NOT_FIT);
    assertThat(reading.warning().orElseThrow().message())
        .matches("`lenet28\\.tune` is left aside: line [45] is not as cnnc tune writes it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "version 1\nhash 0\n", "hash 0\n"})
  void otherVersionsAreLeftAside(String text) {
    assertThat(read(text).warning().orElseThrow().message())
        .isEqualTo("`lenet28.tune` is left aside: it is not of version 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version 2\n", "version 2\nhash 0\ntile plain conv1 5 sums 1 vectors\n"})
  void otherModelsAreLeftAside(String text) {
    assertThat(read(text).choices()).isEqualTo(KernelChoices.NONE);
    assertThat(read(text).warning().orElseThrow().message())
        .isEqualTo("`lenet28.tune` is left aside: it was measured for another model");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
    Path model = folder.resolve("lenet28.net");
    assertThat(TuningFile.readBeside(network, model)).isEqualTo(TuningFile.nothing());
    String tile = "tile plain conv1 5 sums 1 vectors\n";
    String comments = "#".repeat((1 << 20) - header().length() - tile.length());
    Path file = Files.writeString(TuningFile.beside(model), header() + tile + comments);
    assertThat(TuningFile.readBeside(network, model).choices().of(Target.PLAIN))
        .containsOnlyKeys("conv1");
    Files.writeString(file, "#", StandardOpenOption.APPEND);
    TuningFile.Reading reading = TuningFile.readBeside(network, model);
    assertThat(reading.choices()).isEqualTo(KernelChoices.NONE);
    assertThat(new TextRenderer(false).render(reading.warning().orElseThrow()))
        .isEqualTo(
            """
            warning[CNN069]: `lenet28.tune` is left aside: it is too large
             --> lenet28.net:2:9
              |
            2 | network Lenet28 {
              |         ^^^^^^^ its tiles are chosen by the cost model
              = help: measure anew with `cnnc tune`, or remove the file
            """);
  }

  @Test
  void theFileLiesBesideTheModel() {
    assertThat(TuningFile.nameFor("digits.net")).isEqualTo("digits.tune");
    assertThat(TuningFile.nameFor("digits")).isEqualTo("digits.tune");
  }
}
