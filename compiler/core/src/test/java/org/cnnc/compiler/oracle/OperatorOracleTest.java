package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.check.LayerCatalogue;
import org.cnnc.compiler.graph.check.LayerSignature;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Networks;
import org.cnnc.compiler.run.ProgramRun;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator of the language against PyTorch, and chains that have gradients of their own: the
 * output and all gradients are within 1e-5 of the recorded ones, relative to the largest magnitude
 * of the tensor. The recordings say themselves which layers they are of.
 */
final class OperatorOracleTest {
  private static final double TOLERANCE = 1e-5;

  private static final Path RECORDED = Path.of("src/test/resources/oracle/ops");

  /** A recorded case, and the operators that it names in the language of {@code model.net}. */
  record Case(
      String name,
      List<Operator> operators,
      AlgorithmRule algorithms,
      Target target,
      Fixture fixture) {
    @Override
    public String toString() {
      return name + ", " + algorithms + ", " + target;
    }
  }

  /** Every recording that names a layer. */
  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(RECORDED)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".safetensors", "");
        Fixture fixture = Fixture.read("ops/" + name);
        fixture.layer().ifPresent(layer -> cases.addAll(cases(name, fixture, layer)));
      }
    }
    return cases;
  }

  /** The layers on both targets, by every algorithm that the shapes of the first let differ. */
  private static List<Case> cases(String name, Fixture fixture, String layer) {
    List<Operator> operators = operators(fixture, layer);
    List<Case> cases = new ArrayList<>();
    for (AlgorithmRule algorithms : algorithms(operators.get(0), inputShape(fixture))) {
      for (Target target : Target.values()) {
        cases.add(new Case(name, operators, algorithms, target, fixture));
      }
    }
    return cases;
  }

  private static List<AlgorithmRule> algorithms(Operator operator, TensorShape input) {
    if (operator instanceof Conv2d conv && isDefined(conv, input)) {
      return List.of(AlgorithmRule.values());
    }
    return operator instanceof Conv2d || operator instanceof FullyConnected
        ? List.of(AlgorithmRule.BY_SHAPE, AlgorithmRule.DIRECT)
        : List.of(AlgorithmRule.BY_SHAPE);
  }

  private static boolean isDefined(Conv2d conv, TensorShape input) {
    return AlgorithmRule.WINOGRAD.forward(conv, input) == ConvAlgorithm.WINOGRAD;
  }

  private static List<Operator> operators(Fixture fixture, String layer) {
    List<Integer> dims = fixture.tensor("input").dims();
    boolean vector = dims.size() == 2;
    List<Integer> image = vector ? List.of(dims.get(1), 1, 1) : dims.subList(1, dims.size());
    String layers = (vector ? " -> flatten -> " : " -> ") + layer;
    NetworkGraph network = Models.graph(Models.network(image.toString(), layers));
    Deque<Operator> operators = new ArrayDeque<>();
    Value value = network.values().get(network.names().get("features"));
    Optional<Node> producer = network.producer(value);
    while (producer.isPresent()) {
      operators.addFirst(producer.get().operator());
      producer = network.producer(producer.get().input());
    }
    return operators.stream().skip(vector ? 1 : 0).toList();
  }

  @Test
  void everyLayerIsRecorded() throws IOException {
    Set<String> recorded =
        cases().stream()
            .filter(c -> c.operators().size() == 1)
            .map(c -> c.operators().get(0).kind())
            .collect(Collectors.toSet());
    assertThat(recorded)
        .as("layers with a case in make_fixtures.py")
        .containsExactlyInAnyOrderElementsOf(
            LayerCatalogue.STANDARD.layers().stream().map(LayerSignature::name).toList());
  }

  @Test
  void severalCasesAreByWinograd() throws IOException {
    assertThat(cases().stream().filter(c -> c.algorithms() == AlgorithmRule.WINOGRAD))
        .hasSizeGreaterThan(2);
  }

  /** What the steps of the recorded chains have only where their layers are one to a gradient. */
  @ParameterizedTest
  @CsvSource({
    "chain_maxpool_2, .places",
    "chain_relu_maxpool_3, .places",
    "chain_avgpool_2, .averages"
  })
  void chainsHaveGradientsOfTheirOwn(String name, String value) throws IOException {
    List<Case> chain = cases().stream().filter(c -> c.name().equals(name)).toList();
    assertThat(chain).hasSize(AlgorithmRule.values().length * Target.values().length);
    for (Case c : chain) {
      assertThat(StepGraphPrinter.print(compile(c, ProgramKind.TRAINING).step().graph()))
          .as(c.toString())
          .contains(value);
    }
  }

  @Test
  void aLayerIsOfPartialSums() throws IOException {
    assertThat(cases())
        .anyMatch(
            c ->
                c.operators().get(0) instanceof FullyConnected
                    && c.algorithms().interleaves(inputShape(c.fixture()).elements()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputIsPyTorchs(Case c) throws IOException {
    Fixture fixture = c.fixture();
    ProgramRun run = load(c, ProgramKind.PREDICTION);
    run.setParameters(parameters(fixture, run));
    float[] images = fixture.values("input");
    int batch = fixture.tensor("input").dims().get(0);
    float[] output = new float[fixture.values("output").length];
    for (int image = 0; image < batch; image++) {
      run.setImages(images, image, 1);
      run.step(1);
      float[] one = run.value("result", 1);
      System.arraycopy(one, 0, output, image * one.length, one.length);
    }
    assertThat(fixture.relativeError("output", output)).as("output").isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsArePyTorchs(Case c) throws IOException {
    Fixture fixture = c.fixture();
    int batch = fixture.tensor("input").dims().get(0);
    ProgramRun run = load(c, ProgramKind.TRAINING);
    run.setParameters(parameters(fixture, run));
    run.setImages(fixture.values("input"), 0, batch);
    setTargets(run, fixture.values("d_output"));
    run.step(batch);
    float[] inputGradient = run.value("d_image", batch);
    assertThat(fixture.relativeError("d_input", inputGradient)).isLessThan(TOLERANCE);
    for (var parameter : run.info().parameters()) {
      String name = "d_" + parameter.name().substring(parameter.name().indexOf('.') + 1);
      assertThat(fixture.relativeError(name, run.gradient(parameter.name())))
          .as(name)
          .isLessThan(TOLERANCE);
    }
  }

  /** Writes a dense tensor into the rows of the targets; their pitch is the width. */
  private static void setTargets(ProgramRun run, float[] dense) {
    float[][] rows = run.targetRows();
    int length = dense.length / rows.length; // behind it, rows may have room for a last vector
    assertThat(length * rows.length).isEqualTo(dense.length);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(dense, row * length, rows[row], 0, length);
    }
  }

  private static NetworkGraph network(Fixture fixture, List<Operator> operators) {
    int batch = fixture.tensor("input").dims().get(0);
    return Networks.innerProduct(inputShape(fixture), batch, operators.toArray(Operator[]::new));
  }

  private static TensorShape inputShape(Fixture fixture) {
    List<Integer> dims = fixture.tensor("input").dims();
    return new TensorShape(dims.subList(1, dims.size()));
  }

  private static ProgramRun load(Case c, ProgramKind kind) throws IOException {
    return new ProgramRun(Backend.BYTECODE.load(compile(c, kind)));
  }

  private static CompiledProgram compile(Case c, ProgramKind kind) {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(kind)
            .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE)
            .withAlgorithms(c.algorithms())
            .withTargets(c.target());
    return Compiler.compile(network(c.fixture(), c.operators()), options).program(kind);
  }

  /** The fixture's weight and bias under the names of the program. */
  private static Map<String, Tensor> parameters(Fixture fixture, ProgramRun run) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (var parameter : run.info().parameters()) {
      String name = parameter.name().substring(parameter.name().indexOf('.') + 1);
      tensors.put(parameter.name(), fixture.tensor(name));
    }
    return tensors;
  }
}
