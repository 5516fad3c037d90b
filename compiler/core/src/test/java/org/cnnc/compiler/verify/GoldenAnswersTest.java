package org.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.RuntimeIntrinsics;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.verify.GoldenAnswers;
import org.cnnc.training.verify.OneWorkerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interpreter answers, classes answer too; and what is not as recorded is told. */
final class GoldenAnswersTest {
  private static final String TWO_OUTPUTS = "drawing/two_outputs";
  private static final String LECTURE = "backends/lecture";

  private static CompiledProgram compile(String network) throws IOException {
    return Texts.corpus(network + ".net").program(ProgramKind.PREDICTION);
  }

  private static Program generated(String network) throws IOException {
    return Backend.BYTECODE.load(compile(network));
  }

  private static Safetensors weights(String network, long seed) throws IOException {
    Program program = generated(network);
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, seed);
    return new Safetensors("random", Map.of(), new StoredTensors(program, info).parameters());
  }

  private static Safetensors recorded(String network) throws IOException {
    CompiledProgram compiled = compile(network);
    LoopInterpreter oracle = compiled.interpreter(RuntimeIntrinsics.ALL);
    Program program =
        new OneWorkerProgram(compiled.plan().description(), oracle::rows, oracle::run);
    byte[] bytes = GoldenAnswers.of(program, weights(network, 1), "made by a test").toBytes();
    return Safetensors.read(bytes, "Light.golden.safetensors");
  }

  private static void verify(Safetensors golden, String network, Safetensors weights)
      throws IOException {
    PredictionSession session = PredictionSession.load(generated(network), weights);
    GoldenAnswers.read(new ByteArrayInputStream(golden.toBytes()), golden.source())
        .verify(generated(network), weights, session::predict);
  }

  @ParameterizedTest
  @MethodSource("org.cnnc.compiler.verify.GradientCheckTest#networks")
  void classesAnswerAsTheInterpreterDoes(String network) throws IOException {
    verify(recorded(network), network, weights(network, 1));
  }

  @Test
  void theSameModelAndWeightsGiveTheSameBytes() throws IOException {
    assertThat(recorded(TWO_OUTPUTS).toBytes()).isEqualTo(recorded(TWO_OUTPUTS).toBytes());
    assertThat(recorded(TWO_OUTPUTS).metadata()).containsEntry("cnnc.origin", "made by a test");
  }

  /** The first output is the model's own answer, the other one the program is asked for. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWrongBitIsToldWithItsPlace(int output) throws IOException {
    Safetensors golden = recorded(TWO_OUTPUTS);
    Map<String, Tensor> tensors = new LinkedHashMap<>(golden.tensors());
    String name = tensors.keySet().stream().skip(output + 1).findFirst().orElseThrow();
    Tensor answers = tensors.get(name);
    float[] values = answers.values().clone();
    int elements = values.length / answers.dims().get(0);
    float right = values[3 * elements + 1];
    float wrong = Math.nextUp(right);
    values[3 * elements + 1] = wrong;
    tensors.put(name, Tensor.of(answers.dims(), values));
    Safetensors altered = new Safetensors(golden.source(), golden.metadata(), tensors);
    assertThatThrownBy(() -> verify(altered, TWO_OUTPUTS, weights(TWO_OUTPUTS, 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Light.golden.safetensors: image 3, output \"%s\", element 1: expected %s (bits %08x),"
                + " found %s (bits %08x)",
            name.replace("answers.", ""),
            wrong,
            Float.floatToIntBits(wrong),
            right,
            Float.floatToIntBits(right));
  }

  @Test
  void otherWeightsAreNoWrongAnswer() throws IOException {
    Safetensors golden = recorded(TWO_OUTPUTS);
    assertThatThrownBy(() -> verify(golden, TWO_OUTPUTS, weights(TWO_OUTPUTS, 2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "Light.golden.safetensors was made for the weights with SHA-256 [0-9a-f]{64}, found"
                + " [0-9a-f]{64}; this is no wrong answer: let cnnc make the test anew");
  }

  @Test
  void anotherModelIsNoWrongAnswer() throws IOException {
    Safetensors golden = recorded(TWO_OUTPUTS);
    assertThatThrownBy(() -> verify(golden, LECTURE, weights(LECTURE, 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "Light.golden.safetensors was made for the model with hash \\w+, found \\w+; this is"
                + " no wrong answer: let cnnc make the test anew");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> GoldenAnswers.read(null, "Light.golden.safetensors"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no resource Light.golden.safetensors beside the test");
  }

  @Test
  void aFileOfSomethingElseIsTold() throws IOException {
    Safetensors golden = recorded(LECTURE);
    Safetensors empty = new Safetensors(golden.source(), golden.metadata(), Map.of());
    assertThatThrownBy(() -> verify(empty, LECTURE, weights(LECTURE, 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Light.golden.safetensors: expected a tensor \"images\", there is none");
  }
}
