package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.WeightsException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The class that an app names, in an app. */
final class AppTest {
  private static final String NETWORK = "backends/lecture.net";

  private static CompiledApp app;
  private static Safetensors weights;

  /** Asks in every way that there is, and compares what must be the same. */
  private static final String ASKING =
      """
      public final class App implements Function<byte[], List<String>> {
        private final List<String> differences = new ArrayList<>();

        @Override
        public List<String> apply(byte[] weights) {
          try {
            ask(Lecture.load(new java.io.ByteArrayInputStream(weights)));
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
          return differences;
        }

        private void same(String what, Object one, Object other) {
          if (!one.equals(other)) {
            differences.add(what + ": " + one + " and " + other);
          }
        }

        private static String bits(float[] values) {
          return Arrays.toString(values);
        }

        private void ask(Lecture model) {
          Random random = new Random(1);
          List<Picture> pictures = new ArrayList<>();
          float[] inputs = new float[5 * 3 * 12 * 12];
          for (int i = 0; i < 5; i++) {
            int[] argb = random.ints((12 + i) * 12).toArray();
            pictures.add(new Picture(argb, 12 + i, 12));
            for (int k = 0; k < 3 * 12 * 12; k++) {
              inputs[i * 3 * 12 * 12 + k] = random.nextFloat();
            }
          }
          List<Lecture.Answer> answers = model.classifyAll(pictures);
          float[] all = model.predictAll(inputs);
          for (int i = 0; i < 5; i++) {
            Picture picture = pictures.get(i);
            Lecture.Answer answer = model.classify(picture.argb(), 12 + i, 12);
            same("classifyAll", bits(answers.get(i).scores()), bits(answer.scores()));
            same("classify", bits(model.classify(picture).scores()), bits(answer.scores()));
            float[] input = Arrays.copyOfRange(inputs, i * 432, (i + 1) * 432);
            same("predictAll", bits(Arrays.copyOfRange(all, 3 * i, 3 * i + 3)),
                bits(model.predict(input)));
            List<Lecture.Guess> top = answer.top(9);
            same("all classes", top.size(), 3);
            same("the best", top.get(0), new Lecture.Guess(answer.label(), answer.probability()));
            same("order", top.get(1).probability() >= top.get(2).probability(), true);
            same("top(1)", answer.top(1), top.subList(0, 1));
            same("score", answer.scores()[top.get(2).label().ordinal()], top.get(2).probability());
            float[] white = new float[432];
            Arrays.fill(white, 0, 144, (255 * (1 / 255f) - 0.5f) / 0.25f);
            Arrays.fill(white, 144, 288, (255 * (1 / 255f) - 0.4f) / 0.25f);
            Arrays.fill(white, 288, 432, (255 * (1 / 255f) - 0.3f) / 0.25f);
            int[] whitePixels = new int[432 * 2];
            Arrays.fill(whitePixels, -1);
            same("features", bits(model.features(whitePixels, 36, 24)), bits(model.features(white)));
            same("length of features", model.features(white).length, 6 * 3 * 3);
          }
          same("weights", model.weights().metadata().get("origin"), "test");
        }
      }
      """;

  /** Loads weights; gives what load throws. */
  private static final String LOADING =
      """
      public final class App implements Function<byte[], Object> {
        @Override
        public Object apply(byte[] weights) {
          try {
            return Lecture.load(new java.io.ByteArrayInputStream(weights));
          } catch (java.io.IOException e) {
            return e;
          }
        }
      }
      """;

  private static final String EXTRACTING =
      """
      public final class App implements Function<byte[], UnaryOperator<float[]>> {
        @Override
        public UnaryOperator<float[]> apply(byte[] weights) {
          try {
            return Lecture.load(new java.io.ByteArrayInputStream(weights))::features;
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  @BeforeAll
  static void compile() throws IOException {
    app = CompiledApp.of(NETWORK, LOADING);
    weights = app.randomWeights("Lecture", 1);
  }

  @Test
  void everyWayToAskGivesTheSameBits() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(weights.metadata());
    metadata.put("origin", "test");
    byte[] file = new Safetensors("w", metadata, weights.tensors()).toBytes();
    Function<byte[], List<String>> user = CompiledApp.of(NETWORK, ASKING).user();
    assertThat(user.apply(file)).isEmpty();
  }

  /**
   * Filters that hand the first channel on, the second ones 1, 2, ... 6 times as large: then
   * features are the largest pixels of squares of 4x4, or 0.
   */
  @Test
  void featuresAreWhatTheFirstHalfMakesOfTheImage() throws IOException {
    float[] first = new float[4 * 3 * 9];
    first[4] = 1;
    float[] second = new float[6 * 4 * 9];
    for (int filter = 0; filter < 6; filter++) {
      second[filter * 4 * 9 + 4] = filter + 1;
    }
    Map<String, Tensor> handingOn =
        Map.of(
            "conv1.weight", Tensor.of(List.of(4, 3, 3, 3), first),
            "conv1.bias", Tensor.of(List.of(4), new float[4]),
            "conv2.weight", Tensor.of(List.of(6, 4, 3, 3), second),
            "conv2.bias", Tensor.of(List.of(6), new float[6]));
    Function<byte[], Function<float[], float[]>> user = CompiledApp.of(NETWORK, EXTRACTING).user();
    float[] image = new float[3 * 12 * 12];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i * i);
    }
    float[] expected = new float[6 * 3 * 3];
    for (int i = 0; i < 12 * 12; i++) {
      int square = i / 12 / 4 * 3 + i % 12 / 4;
      for (int filter = 0; filter < 6; filter++) {
        int place = filter * 9 + square;
        expected[place] = Math.max(expected[place], (filter + 1) * image[i]);
      }
    }
    assertThat(user.apply(with(weights, Map.of(), handingOn)).apply(image))
        .containsExactly(expected);
  }

  @Test
  void soundWeightsAreLoaded() {
    assertThat(load(weights.toBytes())).isNotInstanceOf(Exception.class);
  }

  static Stream<Arguments> brokenWeights() {
    byte[] sound = app.randomWeights("Lecture", 1).toBytes();
    return Stream.of(
        Arguments.of("nothing", new byte[0], SafetensorsException.class, "at least 8 bytes"),
        Arguments.of(
            "truncated",
            Arrays.copyOf(sound, sound.length - 1),
            SafetensorsException.class,
            "Lecture.safetensors, byte "),
        Arguments.of(
            "another model's",
            with(weights, Map.of("cnnc.hash", "abc"), Map.of()),
            WeightsException.class,
            "found hash abc"),
        Arguments.of(
            "other shape",
            with(weights, Map.of(), Map.of("fc2.bias", Tensor.of(List.of(4), new float[4]))),
            WeightsException.class,
            "\"fc2.bias\": expected shape [3], found [4]"),
        Arguments.of(
            "not a number",
            with(
                weights,
                Map.of(),
                Map.of("fc2.bias", Tensor.of(List.of(3), new float[] {0, 0, Float.NaN}))),
            WeightsException.class,
            "\"fc2.bias\", element 2: expected a finite number, found NaN"));
  }

  private static byte[] with(
      Safetensors weights, Map<String, String> metadata, Map<String, Tensor> tensors) {
    Map<String, String> allMetadata = new LinkedHashMap<>(weights.metadata());
    allMetadata.putAll(metadata);
    Map<String, Tensor> allTensors = new LinkedHashMap<>(weights.tensors());
    allTensors.putAll(tensors);
    return new Safetensors("w", allMetadata, allTensors).toBytes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void brokenWeights(String what, byte[] file, Class<?> type, String message) {
    assertThat(load(file)).as(what).isInstanceOf(type);
    assertThat((Exception) load(file)).hasMessageContaining(message);
  }

  private static Object load(byte[] file) {
    Function<byte[], Object> user = app.user();
    return user.apply(file);
  }

  @Test
  void aNetworkWithoutTensorsHasNoFeatures() throws IOException, ClassNotFoundException {
    String text =
        """
        network Plain {
            input image[1, 2, 2];
            scores = image -> flatten -> fc(2);
            output answer = scores -> softmax;
            loss cross_entropy(answer);
        }
        """;
    Function<?, ?> user =
        CompiledApp.ofText("plain.net", text, LOADING.replace("Lecture", "Plain")).user();
    Class<?> facade = user.getClass().getClassLoader().loadClass("org.example.Plain");
    assertThat(facade.getMethods())
        .extracting(Method::getName)
        .contains("predict")
        .doesNotContain("features");
  }
}
