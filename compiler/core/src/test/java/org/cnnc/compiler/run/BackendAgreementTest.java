package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise "same bits everywhere" over one corpus of networks: interpreter, source and bytecode
 * give equal losses, gradients and parameters over ten steps, the last ones with fewer images; so
 * do 1, 2, 3 and 7 threads; and predictions are equal, too.
 */
final class BackendAgreementTest {
  private static final int STEPS = 10;

  static Stream<String> networks() {
    return Stream.of("lecture", "activations", "strides", "branches", "single", "windows");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainingGivesTheSameBitsOnEveryBackendAndAnyNumberOfThreads(String network)
      throws IOException {
    CompiledProgram compiled = compile(network, ProgramKind.TRAINING);
    Map<String, int[]> expected = train(Backend.INTERPRETER.load(compiled), 1);
    for (int threads : new int[] {1, 2, 3, 7}) {
      assertSame(expected, train(Backend.BYTECODE.load(compiled), threads), threads + " threads");
    }
    assertSame(expected, train(Backend.SOURCE.load(compiled), 2), "source");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void predictionsHaveTheSameBitsOnEveryBackend(String network) throws IOException {
    CompiledProgram compiled = compile(network, ProgramKind.PREDICTION);
    Map<String, int[]> expected = predict(Backend.INTERPRETER.load(compiled));
    assertSame(expected, predict(Backend.SOURCE.load(compiled)), "source");
    assertSame(expected, predict(Backend.BYTECODE.load(compiled)), "bytecode");
  }

  private static CompiledProgram compile(String network, ProgramKind kind) throws IOException {
    SourceFile source =
        new SourceFile(network + ".net", Corpus.read("backends/" + network + ".net"));
    CompilationResult result =
        Compiler.compile(
            new CompilationRequest(source, CompilerOptions.DEFAULT.withPrograms(kind)));
    assertThat(result.hasErrors()).as(result.diagnostics().toString()).isFalse();
    return result.program(kind);
  }

  /**
   * Trains on seeded noise; every step's losses, the first and last gradients, parameters and
   * states at the end, as bits.
   */
  private static Map<String, int[]> train(Program program, int threads) {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 3);
    RandomSource random = RandomSource.of(11);
    Map<String, int[]> seen = new LinkedHashMap<>();
    StoredTensors stored = new StoredTensors(program, info);
    float rate = info.train().orElseThrow().settings().get(0).value();
    int classes = classes(info);
    try (TrainingSteps steps = new TrainingSteps(program, info, rate, threads)) {
      for (int step = 0; step < STEPS; step++) {
        int images = step < STEPS - 2 ? info.batch() : Math.max(1, info.batch() * 2 / 3);
        for (int i = 0; i < images; i++) {
          steps.image(i).floats(noise(info, random), 0);
          steps.setTarget(i, random.nextInt(classes));
        }
        float loss = steps.run(images);
        assertThat(loss).as("loss of step " + step).isFinite();
        List<Float> losses = new ArrayList<>(List.of(loss));
        for (int i = 0; i < images; i++) {
          losses.add(steps.loss(i));
        }
        seen.put("losses of step " + step, bits(losses));
        if (step == 0 || step == STEPS - 1) {
          put(seen, "step " + step + ", gradient of ", stored.gradients());
        }
      }
    }
    put(seen, "parameter ", stored.parameters());
    put(seen, "state ", stored.states());
    return seen;
  }

  private static int classes(ProgramInfo info) {
    return info.parameters().get(info.parameters().size() - 1).dims().get(0);
  }

  private static Map<String, int[]> predict(Program program) {
    ProgramRun run = new ProgramRun(program);
    Parameters.initialise(program, run.info(), 3);
    RandomSource random = RandomSource.of(12);
    Map<String, int[]> seen = new LinkedHashMap<>();
    for (int image = 0; image < 3; image++) {
      run.setImages(noise(run.info(), random), 0, 1);
      run.step(1);
      for (OutputInfo output : run.info().outputs()) {
        seen.put(output.name() + " of image " + image, bits(run.value(output.value(), 1)));
      }
    }
    return seen;
  }

  private static float[] noise(ProgramInfo info, RandomSource random) {
    float[] image =
        new float[info.input().channels() * info.input().height() * info.input().width()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.uniform(-2f, 2f);
    }
    return image;
  }

  private static void put(Map<String, int[]> seen, String prefix, Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> seen.put(prefix + name, bits(tensor.values())));
  }

  private static int[] bits(List<Float> values) {
    return values.stream().mapToInt(Float::floatToIntBits).toArray();
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  private static void assertSame(
      Map<String, int[]> expected, Map<String, int[]> actual, String what) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, bits) -> assertThat(actual.get(key)).as(what + ": " + key).isEqualTo(bits));
  }
}
