package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.cnnc.compiler.graph.op.Activation.LeakyRelu;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Networks;
import org.cnnc.compiler.run.ProgramRun;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation.PooledForward;
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

  /** Changes nothing, but it has a derivative of its own, so that gradients behind it are dense. */
  private static final Operator IDENTITY = new LeakyRelu(1);

  private static final String DENSE = ", dense";

  private static final MechanicalSchedule PLAIN = MechanicalSchedule.DEFAULT;
  private static final MechanicalSchedule VECTOR = PLAIN.withTarget(Target.VECTOR);

  private static final MechanicalSchedule PIXELS =
      VECTOR.withLanes(LaneChoice.PIXELS).withFusion(Fusion.ALWAYS);

  /** A pool that is fused would have its windows in the lanes. */
  private static final MechanicalSchedule CHANNELS =
      VECTOR.withLanes(LaneChoice.CHANNELS).withFusion(Fusion.NEVER);

  private static final List<MechanicalSchedule> DIRECT_FORMS =
      List.of(PLAIN, VECTOR, PIXELS, CHANNELS);
  private static final List<MechanicalSchedule> OTHER_FORMS = List.of(PLAIN, VECTOR);

  /**
   * A recorded case, and the operators that it names in the language of {@code model.net}.
   *
   * @param form target, lanes, and whether a pool is fused
   */
  record Case(
      String name,
      List<Operator> operators,
      AlgorithmRule algorithms,
      MechanicalSchedule form,
      Fixture fixture) {
    @Override
    public String toString() {
      return name + ", " + algorithms + ", " + form.target() + " " + form.lanes();
    }
  }

  private static final List<Case> CASES = recorded();

  /** Every recording that names a layer. */
  private static List<Case> recorded() {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(RECORDED)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".safetensors", "");
        Fixture fixture = Fixture.read("ops/" + name);
        fixture.layer().ifPresent(layer -> cases.addAll(cases(name, fixture, layer)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  static List<Case> cases() {
    return CASES;
  }

  /** Also of a chain with dense gradients, whose values are the same. */
  private static List<Case> cases(String name, Fixture fixture, String layer) {
    List<Operator> operators = operators(fixture, layer);
    List<Case> cases = new ArrayList<>(cases(name, fixture, operators));
    if (operators.size() > 1) {
      List<Operator> dense = new ArrayList<>(operators);
      dense.add(1, IDENTITY);
      cases.addAll(cases(name + DENSE, fixture, dense));
    }
    return cases;
  }

  /** The layers by every algorithm and in all lanes that the shapes of the first let differ. */
  private static List<Case> cases(String name, Fixture fixture, List<Operator> operators) {
    List<Case> cases = new ArrayList<>();
    for (AlgorithmRule algorithms : algorithms(operators.get(0), inputShape(fixture))) {
      for (MechanicalSchedule form : forms(operators.get(0), algorithms)) {
        cases.add(new Case(name, operators, algorithms, form, fixture));
      }
    }
    return cases;
  }

  /** Those that compute in different ways: {@code BY_SHAPE} is one of the others. */
  private static List<AlgorithmRule> algorithms(Operator operator, TensorShape input) {
    if (operator instanceof Conv2d conv && isDefined(conv, input)) {
      return List.of(AlgorithmRule.DIRECT, AlgorithmRule.WINOGRAD);
    }
    return operator instanceof FullyConnected
            && AlgorithmRule.BY_SHAPE.interleaves(input.elements())
        ? List.of(AlgorithmRule.BY_SHAPE, AlgorithmRule.DIRECT)
        : List.of(AlgorithmRule.BY_SHAPE);
  }

  private static List<MechanicalSchedule> forms(Operator operator, AlgorithmRule algorithms) {
    return operator instanceof Conv2d && algorithms != AlgorithmRule.WINOGRAD
        ? DIRECT_FORMS
        : OTHER_FORMS;
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
  void everyLayerIsRecorded() {
    Set<String> recorded =
        CASES.stream()
            .filter(c -> c.operators().size() == 1)
            .map(c -> c.operators().get(0).kind())
            .collect(Collectors.toSet());
    assertThat(recorded)
        .as("layers with a case in make_fixtures.py")
        .containsExactlyInAnyOrderElementsOf(
            LayerCatalogue.STANDARD.layers().stream().map(LayerSignature::name).toList());
  }

  @Test
  void severalCasesAreByWinograd() {
    assertThat(
            CASES.stream()
                .filter(c -> c.algorithms() == AlgorithmRule.WINOGRAD)
                .map(c -> c.name().replace(DENSE, ""))
                .distinct())
        .hasSizeGreaterThan(2);
  }

  /** What the steps of the recorded chains have only where their layers are one to a gradient. */
  @ParameterizedTest
  @CsvSource({
    "chain_maxpool_2, .places",
    "chain_relu_maxpool_3, .places",
    "chain_avgpool_2, .averages"
  })
  void chainsHaveGradientsOfTheirOwn(String name, String value) {
    int forms = DIRECT_FORMS.size() + OTHER_FORMS.size(); // those by Winograd
    assertThat(steps(name)).hasSize(forms).allMatch(step -> step.contains(value));
    assertThat(steps(name + DENSE)).hasSize(forms).noneMatch(step -> step.contains(value));
  }

  private static List<String> steps(String name) {
    return CASES.stream()
        .filter(c -> c.name().equals(name))
        .map(c -> StepGraphPrinter.print(compile(c, ProgramKind.TRAINING).step().graph()))
        .toList();
  }

  @Test
  void convolutionsHaveBothKindsOfLanes() {
    List<Form> pixels = kernels(PIXELS);
    assertThat(pixels).isNotEmpty().containsOnly(Form.REGISTERS);
    assertThat(kernels(CHANNELS)).hasSameSizeAs(pixels).containsOnly(Form.CHANNELS);
  }

  /** How a form computes the forward passes and the gradients of the inputs. */
  private static List<Form> kernels(MechanicalSchedule form) {
    return programs(form).stream()
        .map(program -> program.step().kernels())
        .flatMap(kernels -> Stream.of(kernels.get("layer1"), kernels.get("layer1.d_input")))
        .map(kernel -> kernel.work().form())
        .toList();
  }

  @Test
  void poolsAreFusedAndNot() {
    assertThat(fused(PIXELS)).isGreaterThan(1);
    assertThat(fused(CHANNELS)).isZero();
  }

  private static long fused(MechanicalSchedule form) {
    return programs(form).stream()
        .flatMap(program -> program.step().graph().operations().stream())
        .filter(operation -> operation.computation() instanceof PooledForward)
        .count();
  }

  private static List<CompiledProgram> programs(MechanicalSchedule form) {
    return CASES.stream()
        .filter(c -> c.form().equals(form))
        .map(c -> compile(c, ProgramKind.TRAINING))
        .toList();
  }

  @Test
  void aLayerIsOfPartialSums() {
    assertThat(CASES)
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
            .withMechanical(c.form());
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
