package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Tensor.ElementType;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final ProgramInfo INFO = ProgramInfo.parse(LinearPrediction.DESCRIPTION);

  private final LinearPrediction program = new LinearPrediction();

  private static Tensor counting() {
    float[] values = new float[24];
    for (int i = 0; i < 24; i++) {
      values[i] = i;
    }
    return Tensor.of(List.of(3, 8), values);
  }

  private static Safetensors file(Map<String, String> metadata, Map<String, Tensor> tensors) {
    return new Safetensors("w.safetensors", metadata, tensors);
  }

  @Test
  void elementsGoWhereTheStridesSay() throws WeightsException {
    Parameters.load(program, INFO, file(Map.of(), Map.of("fc1.weight", counting())));
    assertThat(program.rows(1)[0]).containsExactly(0, 8, 16, 0);
    assertThat(program.rows(1)[7]).containsExactly(7, 15, 23, 0);
    Tensor exported = new StoredTensors(program, INFO).parameters().get("fc1.weight");
    assertThat(exported.dims()).containsExactly(3, 8);
    assertThat(exported.values()).isEqualTo(counting().values());
  }

  @Test
  void otherHashIsRefusedAndNothingIsSet() {
    assertRefused(
        file(Map.of("cnnc.hash", "xyz"), Map.of("fc1.weight", counting())),
        "w.safetensors: expected weights of the model with hash abc (Linear), found hash xyz");
  }

  @Test
  void sameHashMayComeWithMoreTensors() throws WeightsException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("momentum.fc1.weight", counting());
    tensors.put("fc1.weight", counting());
    Parameters.load(program, INFO, file(Map.of("cnnc.hash", "abc"), tensors));
    assertThat(program.rows(1)[0]).containsExactly(0, 8, 16, 0);
  }

  @Test
  void misfitsAreNamed() {
    assertRefused(file(Map.of(), Map.of()), "expected a tensor \"fc1.weight\", there is none");
    assertRefused(
        file(Map.of(), Map.of("fc1.weight", Tensor.of(List.of(8, 3), new float[24]))),
        "tensor \"fc1.weight\": expected shape [3, 8], found [8, 3]");
    assertRefused(
        file(
            Map.of(),
            Map.of("fc1.weight", new Tensor(ElementType.F16, List.of(3, 8), new float[24]))),
        "tensor \"fc1.weight\": expected F32, found F16");
    assertRefused(
        file(
            Map.of(),
            Map.of("fc1.weight", counting(), "fc2.bias", Tensor.of(List.of(), new float[1]))),
        "the network has no parameter for tensor \"fc2.bias\"");
  }

  private void assertRefused(Safetensors file, String message) {
    assertThatExceptionOfType(WeightsException.class)
        .isThrownBy(() -> Parameters.load(program, INFO, file))
        .withMessageContaining(message);
    assertThat(program.rows(1)[7]).containsOnly(0f);
  }

  @Test
  void lenientLoadTakesWhatFitsAndSaysSo() {
    Parameters.Report none =
        Parameters.loadMatching(program, INFO, file(Map.of("cnnc.hash", "xyz"), Map.of()));
    assertThat(none.taken()).isEmpty();
    assertThat(none.left()).containsExactly("expected a tensor \"fc1.weight\", there is none");
    Parameters.Report all =
        Parameters.loadMatching(
            program, INFO, file(Map.of("cnnc.hash", "xyz"), Map.of("fc1.weight", counting())));
    assertThat(all.taken()).containsExactly("fc1.weight");
    assertThat(program.rows(1)[7]).containsExactly(7, 15, 23, 0);
  }

  @Test
  void firstValuesAreUniformWithinTheFanInsBound() {
    Parameters.initialise(program, INFO, 5);
    float bound = (float) (1 / Math.sqrt(8));
    RandomSource oracle = RandomSource.of(5, "fc1.weight");
    for (float value : new StoredTensors(program, INFO).parameters().get("fc1.weight").values()) {
      assertThat(value).isEqualTo(oracle.uniform(-bound, bound)).isBetween(-bound, bound);
    }
  }
}
