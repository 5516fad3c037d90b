package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.schedule.AlgorithmRule.DIRECT;
import static org.cnnc.compiler.schedule.AlgorithmRule.WINOGRAD;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Corpus;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten steps of training against PyTorch: each loss, and every parameter after the last step. Other
 * forms of the same program end with the same bits, and other algorithms are as close.
 */
final class TrainingRunOracleTest {
  /**
   * What the elements with the smallest gradients may be off after ten steps of Adam. It divides a
   * gradient by its own size, so the rounding of a gradient near zero decides the direction of a
   * whole step: PyTorch's own kernels (oneDNN or native, one thread or two) end 0.9e-4 to 1.5e-4
   * from the recorded fc1.weight.
   */
  private static final double ADAM = 2e-4;

  /**
   * What all but one in fifty elements may be off: a unit that hardly ever answers has ten weights
   * of fc2.
   */
  private static final double USUAL = 1e-6;

  /**
   * A recorded run.
   *
   * @param tolerance of the parameters, relative to the largest of the tensor
   */
  record Run(String network, String name, String optimizer, double tolerance) {
    @Override
    public String toString() {
      return network + "_" + name;
    }
  }

  static List<Run> runs() {
    return List.of(
        new Run("lenet28", "sgd", "sgd(rate = 0.05)", 1e-6),
        new Run(
            "lenet28",
            "sgd_momentum",
            "sgd(rate = 0.02, momentum = 0.9, weight_decay = 1e-3)",
            1e-6),
        new Run("lenet28", "nesterov", "sgd(rate = 0.02, momentum = 0.9, nesterov = true)", 1e-6),
        new Run("lenet28", "adam", "adam(rate = 0.002)", ADAM),
        new Run("lecture32", "sgd", "sgd(rate = 0.05)", 1e-6),
        new Run(
            "lecture32",
            "sgd_momentum",
            "sgd(rate = 0.02, momentum = 0.9, weight_decay = 1e-3)",
            1e-6));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void tenStepsAreThoseOfPyTorch(Run run) throws IOException {
    Trained usual = trained(run, CompilerOptions.DEFAULT);
    assertIsPyTorchs(run, usual);
    for (CompilerOptions form : List.of(Texts.VECTOR, CompilerOptions.DEFAULT.forJava(25))) {
      trained(run, form).assertSameAs(usual, form.mechanical().toString());
    }
  }

  /** Those whose network has sums in another order by other rules; lenet28's are the same. */
  static List<Run> runsWithOtherSums() {
    return runs().stream().filter(run -> run.network().equals("lecture32")).toList();
  }

  /** The order of the sums of a long fully connected layer is the other one then. */
  @ParameterizedTest
  @MethodSource("runsWithOtherSums")
  void directSumsAreThoseOfPyTorchToo(Run run) throws IOException {
    assertIsPyTorchs(run, trainedOnTargets(run, DIRECT));
  }

  /** The parameters are 0.5e-6 off at most, as those of the usual rule. */
  @ParameterizedTest
  @MethodSource("runsWithOtherSums")
  void tenStepsByWinogradAreThoseOfPyTorch(Run run) throws IOException {
    assertIsPyTorchs(run, trainedOnTargets(run, WINOGRAD));
  }

  /** Plain and with vectors, of which every build tries one. */
  private static Trained trainedOnTargets(Run run, AlgorithmRule algorithms) throws IOException {
    Trained plain = trained(run, CompilerOptions.DEFAULT.withAlgorithms(algorithms));
    boolean ofEveryBuild = algorithms == WINOGRAD && run.name().equals("sgd_momentum");
    if (Thorough.WANTED || ofEveryBuild) {
      trained(run, Texts.VECTOR.withAlgorithms(algorithms)).assertSameAs(plain, run + ", vectors");
    }
    return plain;
  }

  /** Losses of each step, and the parameters after the last one. */
  @SuppressWarnings("ArrayRecordComponent") // compared in assertSameAs
  private record Trained(float[] losses, Map<String, float[]> parameters) {
    void assertSameAs(Trained expected, String what) {
      assertSameBits(losses, expected.losses, what);
      assertThat(parameters.keySet()).as(what).isEqualTo(expected.parameters.keySet());
      expected.parameters.forEach(
          (name, values) -> assertSameBits(parameters.get(name), values, what + ": " + name));
    }

    /** AssertJ's own comparison takes seconds for a hundred thousand floats. */
    private static void assertSameBits(float[] values, float[] expected, String what) {
      assertThat(Arrays.mismatch(values, expected)).as(what).isEqualTo(-1);
    }
  }

  private static Trained trained(Run run, CompilerOptions options) throws IOException {
    Fixture weights = Fixture.read("runs/" + run.network() + "_weights");
    Program program = load(run, options);
    ProgramInfo info = ProgramInfo.parse(program.description());
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      stored.setParameter(parameter, weights.values(parameter.name()));
    }
    float[] losses = train(program, info, Fixture.read("runs/" + run.network() + "_batches"));
    Map<String, float[]> parameters = new LinkedHashMap<>();
    stored.parameters().forEach((name, tensor) -> parameters.put(name, tensor.values()));
    return new Trained(losses, parameters);
  }

  private static void assertIsPyTorchs(Run run, Trained trained) throws IOException {
    Fixture after = Fixture.read("runs/" + run + "_after");
    float[] expected = after.values("losses");
    for (int step = 0; step < expected.length; step++) {
      double error = Math.abs((double) trained.losses()[step] - expected[step]) / expected[step];
      assertThat(error).as("loss of step " + step).isLessThan(1e-6);
    }
    trained
        .parameters()
        .forEach(
            (name, values) -> {
              assertThat(after.relativeError(name, values)).as(name).isLessThan(run.tolerance());
              assertThat(after.usualRelativeError(name, values))
                  .as(name + ", but for one in fifty")
                  .isLessThan(Math.min(run.tolerance(), USUAL));
            });
  }

  private static Program load(Run run, CompilerOptions options) throws IOException {
    String text =
        Corpus.read("networks/" + run.network() + ".net")
            .replace("sgd(rate = 0.05)", run.optimizer());
    return Backend.BYTECODE.load(
        Texts.compile(run.network() + ".net", text, options.withPrograms(ProgramKind.TRAINING))
            .program(ProgramKind.TRAINING));
  }

  private static float[] train(Program program, ProgramInfo info, Fixture batches) {
    List<Integer> dims = batches.tensor("images").dims();
    float[] images = batches.values("images");
    float[] labels = batches.values("labels");
    int batch = dims.get(1);
    int pixels = images.length / (dims.get(0) * batch);
    float[] losses = new float[dims.get(0)];
    float rate = info.train().orElseThrow().settings().get(0).value();
    try (TrainingSteps steps = new TrainingSteps(program, info, rate, 2)) {
      for (int step = 0; step < losses.length; step++) {
        for (int i = 0; i < batch; i++) {
          int image = step * batch + i;
          steps.image(i).floats(images, image * pixels);
          steps.setTarget(i, (int) labels[image]);
        }
        losses[step] = steps.run(batch);
      }
    }
    return losses;
  }
}
