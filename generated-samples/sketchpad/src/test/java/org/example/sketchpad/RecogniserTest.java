package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values that are shown, against the definitions of the layers written out. */
class RecogniserTest {
  @TempDir private static Path folder;

  private static Recogniser recogniser;

  @BeforeAll
  static void open() throws Exception {
    recogniser = new Classroom(new SymbolFile(folder.resolve("symbols.json"))).recogniser();
  }

  @Test
  void theTwoHalvesAnswerAsTheWholeNetworkDoes() throws Exception {
    PredictionSession whole =
        PredictionSession.load(new DigitsPrediction(), Classroom.shippedWeights());
    for (TestDigits.TestDigit test : TestDigits.all()) {
      Tensor probabilities = recogniser.look(test.glyph()).tensors().get("softmax1");
      assertThat(probabilities.values()).containsExactly(whole.predict(test.glyph().pixels()));
    }
  }

  /** README says how they were learnt, and that this version of cnnc learns the same bits. */
  @Test
  void theShippedWeightsAreLearntByTheRulesOfThisVersion() throws Exception {
    ProgramInfo trained = ProgramInfo.parse(new SymbolsTraining().description());
    InputStream in = Classroom.class.getResourceAsStream("Digits.safetensors");
    assertThat(Safetensors.read(in, "Digits.safetensors").metadata())
        .as("train Digits.safetensors anew, as README says")
        .containsEntry("cnnc.hash", ProgramInfo.parse(new DigitsPrediction().description()).hash())
        .containsEntry("cnnc.rules", trained.train().orElseThrow().rules().orElseThrow())
        .containsKeys("cnnc.data.sha256", "cnnc.validation.sha256", "cnnc.init.sha256");
  }

  @Test
  void everyValueIsWhatItsLayerSays() {
    Map<String, Tensor> weights = recogniser.weights().tensors();
    for (int digit = 0; digit < 10; digit++) {
      Map<String, Tensor> path =
          recogniser.look(TestDigits.all().get(60 * digit + 7).glyph()).tensors();
      assertClose(path.get("conv1"), convolution(path.get("image"), weights, "conv1", 2));
      assertClose(path.get("relu1"), relu(path.get("conv1")));
      assertClose(path.get("maxpool1"), pooling(path.get("relu1")));
      assertClose(path.get("conv2"), convolution(path.get("maxpool1"), weights, "conv2", 0));
      assertClose(path.get("relu2"), relu(path.get("conv2")));
      assertClose(path.get("maxpool2"), pooling(path.get("relu2")));
      assertClose(path.get("flatten1"), path.get("maxpool2").values());
      assertClose(path.get("fc1"), fullyConnected(path.get("flatten1"), weights, "fc1"));
      assertClose(path.get("relu3"), relu(path.get("fc1")));
      assertClose(path.get("fc2"), fullyConnected(path.get("relu3"), weights, "fc2"));
      assertClose(path.get("softmax1"), softmax(path.get("fc2")));
    }
  }

  @Test
  void whatIsNotTaughtIsNotShown() {
    Glyph glyph = TestDigits.all().get(0).glyph();
    assertThat(recogniser.names()).hasSize(10);
    assertThat(recogniser.look(glyph).tensors().get("fc2").dims()).isEqualTo(List.of(10));
    assertThat(recogniser.look(glyph).metadata()).containsEntry("answer", "0");
    assertThat(recogniser.weights().tensors().get("fc2.weight").dims()).isEqualTo(List.of(10, 64));
  }

  private static void assertClose(Tensor shown, float[] expected) {
    assertThat(shown.values()).containsExactly(expected, Offset.offset(1e-4f));
  }

  private static float[] convolution(
      Tensor input, Map<String, Tensor> weights, String layer, int padding) {
    Tensor kernels = weights.get(layer + ".weight");
    int kernel = kernels.dims().get(2);
    int channels = input.dims().get(0);
    int side = input.dims().get(1);
    int outSide = side + 2 * padding - kernel + 1;
    float[] out = new float[kernels.dims().get(0) * outSide * outSide];
    for (int i = 0; i < out.length; i++) {
      int filter = i / (outSide * outSide);
      int row = i / outSide % outSide - padding;
      int column = i % outSide - padding;
      double sum = weights.get(layer + ".bias").values()[filter];
      for (int tap = 0; tap < channels * kernel * kernel; tap++) {
        int y = row + tap / kernel % kernel;
        int x = column + tap % kernel;
        if (y >= 0 && y < side && x >= 0 && x < side) {
          int channel = tap / (kernel * kernel);
          sum +=
              (double) input.values()[(channel * side + y) * side + x]
                  * kernels.values()[filter * channels * kernel * kernel + tap];
        }
      }
      out[i] = (float) sum;
    }
    return out;
  }

  private static float[] relu(Tensor input) {
    float[] out = input.values().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = out[i] > 0 ? out[i] : 0;
    }
    return out;
  }

  private static float[] pooling(Tensor input) {
    int side = input.dims().get(1);
    float[] out = new float[input.values().length / 4];
    for (int i = 0; i < out.length; i++) {
      int row = i / (side / 2) * 2; // rows of all maps are counted through
      int column = i % (side / 2) * 2;
      float[] in = input.values();
      int first = row * side + column;
      out[i] =
          Math.max(
              Math.max(in[first], in[first + 1]), Math.max(in[first + side], in[first + side + 1]));
    }
    return out;
  }

  private static float[] fullyConnected(Tensor input, Map<String, Tensor> weights, String layer) {
    float[] in = input.values();
    float[] out = weights.get(layer + ".bias").values().clone();
    for (int i = 0; i < out.length; i++) {
      double sum = out[i];
      for (int j = 0; j < in.length; j++) {
        sum += (double) in[j] * weights.get(layer + ".weight").values()[i * in.length + j];
      }
      out[i] = (float) sum;
    }
    return out;
  }

  private static float[] softmax(Tensor input) {
    float[] in = input.values();
    double total = 0;
    for (float score : in) {
      total += Math.exp(score);
    }
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (Math.exp(in[i]) / total);
    }
    return out;
  }
}
