package org.cnnc.compiler.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.compiler.cost.Cost.Resource;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.ArenaTimeline;
import org.cnnc.compiler.run.RandomNetwork;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.train.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostsTest {
  /** Without a convolution there is no scratch, and everything can be counted by hand. */
  private static final String POOLS =
      """
      network Pools {
          input image[1, 8, 8];
          small = image -> maxpool(2) -> relu -> maxpool(2);
          output label = small -> flatten -> softmax;
          loss cross_entropy(label);
      }
      """;

  @Test
  void lowerBoundIsTheLargestSumOfLiveValues() {
    CompiledProgram program = Texts.compile(POOLS, ProgramKind.PREDICTION);
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
    assertThat(timeline.operations())
        .extracting(Operation::layer)
        .containsExactly("maxpool1", "relu1", "maxpool2", "flatten1", "softmax1");
    // maxpool1 reads 64 floats and writes 16; relu1 works in place; maxpool2 reads 16 and writes 4;
    // flatten1 and softmax1 read 4 and write 4.
    assertThat(timeline.live()).containsExactly(4L * 80, 4L * 16, 4L * 20, 4L * 8, 4L * 8);
    assertThat(timeline.lowerBound()).isEqualTo(320);
  }

  /** What the arenas of the benchmark networks may waste; ARCHITECTURE.md tells what they do. */
  @ParameterizedTest
  @CsvSource({
    "networks/lenet28, TRAINING, 1.35",
    "networks/lenet28, PREDICTION, 1.6",
    "networks/lecture32, TRAINING, 1.6",
    "networks/lecture32, PREDICTION, 1.9",
    "networks/winograd, TRAINING, 1.25",
    "networks/winograd, PREDICTION, 1.25",
    "large/vgg32, TRAINING, 1.15",
    "large/vgg32, PREDICTION, 1.9"
  })
  void thePlanIsNotFarAboveTheBound(String network, ProgramKind kind, double most)
      throws IOException {
    CompiledProgram program = Texts.corpus(network + ".net").program(kind);
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
    assertThat((double) timeline.bytes() / timeline.lowerBound()).isBetween(1.0, most);
  }

  /** With everything that training keeps, counted by hand, too. */
  @Test
  void trainingKeepsGradientsStatesAndWhatEveryImageHas() {
    CompiledProgram program =
        Texts.compile(
            """
            network Small {
                input image[1, 2, 2];
                scores = image -> flatten -> fc(3);
                output label = scores -> softmax;
                loss cross_entropy(label);
                train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 5; }
            }
            """,
            ProgramKind.TRAINING);
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
    int parameters = 3 * 4 + 3;
    int images = 5 * 4; // and the same again, flattened
    int numbers = 5 + 5; // targets and losses
    int scores = 5 * 3; // and their gradient
    int scalars = 2; // rate, and the correction of the momentum's first steps
    int imagePhase = parameters + images + images + scores + scores + numbers + scalars;
    assertThat(timeline.live().get(0)).isEqualTo(4L * imagePhase);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "networks/lenet28.net",
        "networks/lecture32.net",
        "backends/lecture.net",
        "backends/branches.net",
        "backends/windows.net",
        "graph/house_person_tree.net",
        "graph/every_layer.net"
      })
  void noPlanIsBelowItsLowerBoundAndCostsOfLayersAddUp(String network) throws IOException {
    expectSound(Texts.corpus(network));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584})
  void norIsThatOfARandomNetwork(long seed) {
    expectSound(Texts.compile("random.net", RandomNetwork.text(seed), CompilerOptions.DEFAULT));
  }

  private static void expectSound(CompilationResult result) {
    for (CompiledProgram program : result.programs()) {
      ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
      long arena =
          program.memory().bytes(Buffer.Scope.SHARED) + program.memory().bytes(Buffer.Scope.WORKER);
      assertThat(timeline.bytes()).isEqualTo(arena);
      assertThat(timeline.lowerBound()).isPositive().isLessThanOrEqualTo(arena);
      assertThat(timeline.stays())
          .allSatisfy(stay -> assertThat(stay.bytes()).isLessThanOrEqualTo(stay.buffer().bytes()));
    }
    for (Cost cost : Costs.of(result)) {
      assertThat(cost.byLayer().values().stream().mapToLong(Long::longValue).sum())
          .as(cost.resource().text())
          .isEqualTo(cost.bytes());
      assertThat(List.copyOf(cost.byLayer().values()))
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  /** Class files of both forms ship, and each call runs in the arena of one. */
  @Test
  void ofTwoFormsClassFilesAddUpAndTheLargerArenaCounts() throws IOException {
    String network = "networks/lenet28.net";
    List<Cost> plain = Costs.of(Texts.corpus(network));
    List<Cost> vector = Costs.of(Texts.corpus(network, Texts.VECTOR));
    CompilationResult result = Texts.corpus(network, TargetChoice.BOTH.in(CompilerOptions.DEFAULT));
    List<Cost> both = Costs.of(result);
    expectSound(result);
    assertThat(both).hasSize(3);
    for (Resource resource : Resource.values()) {
      long one = Costs.find(plain, resource).orElseThrow().bytes();
      long other = Costs.find(vector, resource).orElseThrow().bytes();
      assertThat(Costs.find(both, resource).orElseThrow().bytes())
          .as(resource.text())
          .isEqualTo(resource == Resource.CLASSES ? one + other : Math.max(one, other));
    }
    Cost classes = Costs.find(both, Resource.CLASSES).orElseThrow();
    assertThat(classes.byLayer()).containsKeys("conv1", "conv2", "fc1", "(shared)");
  }

  @Test
  void classFilesAreCountedWholeAndMostOfTheirCodeBelongsToLayers() throws IOException {
    CompilationResult result = Texts.corpus("networks/lenet28.net");
    long files =
        result.programs().stream()
            .flatMap(program -> program.files().stream())
            .mapToLong(file -> file.content().length)
            .sum();
    Cost classes = Costs.find(Costs.of(result), Resource.CLASSES).orElseThrow();
    assertThat(classes.bytes()).isEqualTo(files);
    assertThat(classes.byLayer()).containsKeys("conv1", "conv2", "fc1", "(shared)");
    assertThat(classes.byLayer().get("conv2")).isGreaterThan(500);
  }

  @Test
  void anExcessNamesTheLayersThatCostMost() {
    Cost cost =
        new Cost(
            Resource.PREDICTION_ARENA,
            451_376,
            OptionalLong.of(300_000),
            Map.of("conv1", 100_000L, "conv2", 310_000L, "fc1", 41_376L));
    Budget budget = Budget.NONE.with(Resource.PREDICTION_ARENA, 200 * 1024);
    List<Excess> excesses = budget.check(List.of(cost));
    assertThat(excesses)
        .extracting(Excess::message)
        .containsExactly(
            "prediction arena: 451,376 bytes, 246,576 above the limit of 204,800 (no plan of"
                + " this step takes less than 300,000); most by conv2 310,000 (69 %), conv1"
                + " 100,000 (22 %), fc1 41,376 (9 %)");
    assertThat(Budget.NONE.with(Resource.PREDICTION_ARENA, 451_376).check(List.of(cost))).isEmpty();
    assertThat(Budget.NONE.with(Resource.CLASSES, 0).check(List.of(cost))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "200K, 204800",
    "60 k, 61440",
    "1.5M, 1572864",
    "2G, 2147483648"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "8T", "1e6", "8 M B", "0x10", "1,000", "9999999999999"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a number of bytes as 4096, 200K, 8M or 1G");
  }
}
