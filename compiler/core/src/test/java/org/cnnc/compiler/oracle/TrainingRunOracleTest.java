package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Corpus;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps of training against PyTorch: each loss, and every parameter after the last step. */
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
    Fixture weights = Fixture.read("runs/" + run.network() + "_weights");
    Fixture batches = Fixture.read("runs/" + run.network() + "_batches");
    Fixture after = Fixture.read("runs/" + run + "_after");
    Program program = load(run);
    ProgramInfo info = ProgramInfo.parse(program.description());
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      stored.setParameter(parameter, weights.values(parameter.name()));
    }

    float[] losses = train(program, info, batches);

    float[] expected = after.values("losses");
    for (int step = 0; step < expected.length; step++) {
      double error = Math.abs((double) losses[step] - expected[step]) / expected[step];
      assertThat(error).as("loss of step " + step).isLessThan(1e-6);
    }
    for (ParameterInfo parameter : info.parameters()) {
      String name = parameter.name();
      assertThat(after.relativeError(name, stored.parameters().get(name).values()))
          .as(name)
          .isLessThan(run.tolerance());
      assertThat(after.usualRelativeError(name, stored.parameters().get(name).values()))
          .as(name + ", but for one in fifty")
          .isLessThan(Math.min(run.tolerance(), USUAL));
    }
  }

  private static Program load(Run run) throws IOException {
    String text =
        Corpus.read("networks/" + run.network() + ".net")
            .replace("sgd(rate = 0.05)", run.optimizer());
    CompilationRequest request =
        new CompilationRequest(
            new SourceFile(run.network() + ".net", text),
            CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING));
    CompilationResult result = Compiler.compile(request);
    assertThat(result.diagnostics()).isEmpty();
    return Backend.BYTECODE.load(result.program(ProgramKind.TRAINING));
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
