package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.cnnc.report.testing.ReportPage;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Numbers and pixels of the page about a training, each against what it stands for: the images of
 * the data, the weights of the file, the run's own words, and {@link NaiveNetwork}.
 */
class ReportContentTest {
  private static final int TRAINED = 32;
  private static final int JUDGED = 24;
  private static final int AREA = NaiveNetwork.SIDE * NaiveNetwork.SIDE;
  private static final List<String> CLASSES = List.of("ash", "birch", "cedar");

  /** Five colours of viridis, as matplotlib has them, dark to bright; between them it is linear. */
  private static final int[][] VIRIDIS = {
    {68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}
  };

  /** Negative is blue, zero almost white, positive red. */
  private static final int[][] BLUE_TO_RED = {
    {29, 78, 216}, {147, 197, 253}, {248, 250, 252}, {252, 165, 165}, {185, 28, 28}
  };

  @TempDir private static Path folder;

  private static final byte[] PIXELS = new byte[(TRAINED + JUDGED) * AREA];
  private static final int[] LABELS = new int[TRAINED + JUDGED];
  private static String said;
  private static ReportPage page;
  private static NaiveNetwork network;

  @BeforeAll
  static void train() throws IOException {
    drawData();
    Path model = TinyFiles.write(folder.resolve("marks.net"), NaiveNetwork.TEXT);
    Path out = folder.resolve("marks.safetensors");
    Path report = folder.resolve("report.html");
    Cnnc.Result result =
        Cnnc.train(
            model,
            folder.resolve("data"),
            out,
            "--validation",
            "last:" + JUDGED,
            "--json",
            "--report",
            report);
    assertThat(result.exitCode()).as(result.err()).isZero();
    said = result.out();
    page = ReportPage.read(report);
    network = new NaiveNetwork(Safetensors.read(out));
  }

  /** A bright bar, whose place is the class; every third label is wrong, so that mistakes are. */
  private static void drawData() throws IOException {
    Random random = new Random(4);
    random.nextBytes(PIXELS);
    ByteBuffer images = ByteBuffer.allocate(16 + PIXELS.length);
    ByteBuffer labels = ByteBuffer.allocate(8 + LABELS.length);
    images.putInt(0x803).putInt(LABELS.length).putInt(NaiveNetwork.SIDE).putInt(NaiveNetwork.SIDE);
    labels.putInt(0x801).putInt(LABELS.length);
    for (int image = 0; image < LABELS.length; image++) {
      LABELS[image] = random.nextInt(3);
      int bar = image % 3 == 0 ? random.nextInt(3) : LABELS[image];
      Arrays.fill(PIXELS, image * AREA + 16 * bar, image * AREA + 16 * bar + 16, (byte) 255);
      labels.put((byte) LABELS[image]);
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("train-images-idx3-ubyte"), images.put(PIXELS).array());
    Files.write(data.resolve("train-labels-idx1-ubyte"), labels.array());
  }

  private static byte[] judged(int image) {
    int start = (TRAINED + image) * AREA;
    return Arrays.copyOfRange(PIXELS, start, start + AREA);
  }

  private static int label(int image) {
    return LABELS[TRAINED + image];
  }

  private static double[] probabilities(int image) {
    return network.values(judged(image)).get("softmax1");
  }

  private static int answer(int image) {
    double[] p = probabilities(image);
    return p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
  }

  private static List<Integer> mistakes() {
    return IntStream.range(0, JUDGED)
        .filter(image -> answer(image) != label(image))
        .boxed()
        .sorted(Comparator.comparing(image -> probabilities(image)[label(image)]))
        .toList();
  }

  @Test
  void confusionCountsTheAnswers() {
    int[][] counts = new int[3][3];
    IntStream.range(0, JUDGED).forEach(image -> counts[label(image)][answer(image)]++);
    List<String> expected = new ArrayList<>(List.of(""));
    for (int[] row : counts) {
      for (int count : row) {
        expected.add(count == 0 ? "\u00b7" : String.valueOf(count));
      }
    }
    assertThat(texts(page.elements("table", "confusion").get(0), "td"))
        .containsExactlyElementsOf(expected);
    int right = counts[0][0] + counts[1][1] + counts[2][2];
    assertThat(right).as("some are right, some wrong").isBetween(6, JUDGED - 3);
    assertThat(page.texts("dd"))
        .contains(right + " of " + JUDGED, percent((double) right / JUDGED));
  }

  @Test
  void mistakesAreTheImagesOfTheData() throws IOException {
    List<Element> figures = figures("image \\d+, a .*");
    assertThat(figures).hasSameSizeAs(mistakes());
    for (int i = 0; i < figures.size(); i++) {
      int image = mistakes().get(i);
      assertThat(texts(figures.get(i), "b")).containsExactly(CLASSES.get(label(image)));
      assertThat(texts(figures.get(i), "span"))
          .containsExactly(
              "said "
                  + CLASSES.get(answer(image))
                  + ", "
                  + percent(probabilities(image)[answer(image)]),
              "image " + image);
      byte[] levels = judged(image);
      BufferedImage picture = picture(figures.get(i));
      assertThat(picture.getWidth() * picture.getHeight()).isEqualTo(AREA);
      for (int p = 0; p < AREA; p++) {
        int rgb = picture.getRGB(p % NaiveNetwork.SIDE, p / NaiveNetwork.SIDE) & 0xffffff;
        assertThat(rgb).isEqualTo((levels[p] & 0xff) * 0x10101);
      }
    }
  }

  @Test
  void filtersAreTheWeights() throws IOException {
    for (String layer : List.of("conv1", "conv2")) {
      Tensor weight = network.weights().tensors().get(layer + ".weight");
      double[] values = doubles(weight.values());
      double most = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      int kernel = weight.dims().get(2);
      assertTiles(
          0,
          "filters of " + layer + ".weight",
          values,
          kernel,
          2, // conv1 has two filters of one channel, conv2 has filters of two channels
          value -> colour(BLUE_TO_RED, (value / most + 1) / 2));
    }
  }

  /** The first image of each class that is named rightly. */
  private static List<Integer> examples() {
    Map<Integer, Integer> firstOfClass = new LinkedHashMap<>();
    for (int image = 0; image < JUDGED; image++) {
      if (answer(image) == label(image)) {
        firstOfClass.putIfAbsent(label(image), image);
      }
    }
    assertThat(firstOfClass).isNotEmpty();
    return List.copyOf(firstOfClass.values());
  }

  @Test
  void featureMapsAreTheValues() throws IOException {
    List<Integer> examples = examples();
    assertThat(page.texts("summary"))
        .containsExactlyElementsOf(
            examples.stream().map(i -> CLASSES.get(label(i)) + ", image " + i).toList());
    for (int example = 0; example < examples.size(); example++) {
      int image = examples.get(example);
      for (Map.Entry<String, double[]> layer : network.values(judged(image)).entrySet()) {
        double[] values = layer.getValue();
        double least = Arrays.stream(values).min().orElseThrow();
        double greatest = Arrays.stream(values).max().orElseThrow();
        int maps = layer.getKey().equals("conv2") ? 3 : 2;
        boolean vector = List.of("flatten1", "fc1", "softmax1").contains(layer.getKey());
        assertTiles(
            example,
            "values of " + layer.getKey(),
            values,
            vector ? 1 : (int) Math.sqrt((double) values.length / maps),
            vector ? values.length : maps,
            value -> colour(VIRIDIS, (value - least) / (greatest - least)));
      }
    }
  }

  @Test
  void curvesPassThroughTheNumbersOfTheRun() {
    Map<String, List<String>> curves =
        Map.of(
            "Loss by epoch", List.of("loss", "validation_loss"),
            "Accuracy by epoch", List.of("accuracy", "validation_accuracy"));
    List<Element> charts = page.elements("svg", "chart");
    assertThat(charts).hasSize(2);
    for (Element chart : charts) {
      List<String> names = curves.get(chart.getAttribute("aria-label"));
      assertPoints(chart, "mark training", told(names.get(0)));
      assertPoints(chart, "mark validation", told(names.get(1)));
    }
  }

  /** A number of each epoch, as the run told it. */
  private static List<Double> told(String name) {
    return said.lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(event -> event.has("event") && event.get("event").getAsString().equals("epoch"))
        .map(event -> event.get(name).getAsDouble())
        .toList();
  }

  /** The points lie where the axis says, its lines' texts being its measure. */
  private static void assertPoints(Element chart, String style, List<Double> expected) {
    List<Element> ticks = elements(chart, "text", "tick end");
    Element low = ticks.get(0);
    Element high = ticks.get(ticks.size() - 1);
    double unit = (number(high) - number(low)) / (place(high, "y") - place(low, "y"));
    List<Element> points = elements(chart, "circle", style);
    assertThat(expected).hasSize(3);
    assertThat(points).hasSameSizeAs(expected);
    for (int epoch = 0; epoch < points.size(); epoch++) {
      double fromLow = place(points.get(epoch), "cy") - (place(low, "y") - 4); // of text, to line
      assertThat(number(low) + unit * fromLow)
          .as("%s of epoch %d", style, epoch + 1)
          .isCloseTo(expected.get(epoch), Offset.offset(Math.abs(unit) * 0.02)); // two places
    }
    assertThat(points).extracting(point -> place(point, "cx")).isSorted().doesNotHaveDuplicates();
  }

  private static double number(Element tick) {
    String text = tick.getTextContent();
    return text.endsWith(" %")
        ? Double.parseDouble(text.replace(" %", "")) / 100
        : Double.parseDouble(text);
  }

  private static double place(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** Parameters and multiply-adds counted by hand. */
  @Test
  void rowsAreTheLayers() {
    Element layers =
        page.elements("table", "").stream()
            .filter(table -> texts(table, "th").contains("multiply-adds"))
            .findFirst()
            .orElseThrow();
    assertThat(texts(layers, "th"))
        .containsExactly("layer", "kind", "output", "theta", "parameters", "multiply-adds");
    assertThat(String.join(" ", texts(layers, "td")))
        .isEqualTo(
            "conv1 conv [2, 8, 8] 1 20 1,152 " // 2 (3 3 + 1), 2 8 8 (3 3)
                + "relu1 relu [2, 8, 8] 0 0 0 "
                + "maxpool1 maxpool [2, 4, 4] 0 0 0 "
                + "conv2 conv [3, 3, 3] 2 27 216 " // 3 (2 2 2 + 1), 3 3 3 (2 2 2)
                + "flatten1 flatten [27] 0 0 0 "
                + "fc1 fc [3] 3 84 81 " // 3 (27 + 1), 3 27
                + "softmax1 softmax [3] 0 0 0");
    assertThat(page.texts("dd")).contains("131");
  }

  @Test
  void settingsAndProvenanceAreThoseOfTheRun() {
    assertThat(page.facts())
        .startsWith(
            "training images: 32",
            "validation images: 24",
            "epochs: 3",
            "batch: 4",
            "rate: 0.05",
            "seed: 3")
        .contains(
            "cnnc.model: Marks",
            "cnnc.data: train, 56 images, first 32",
            "cnnc.validation: train, 56 images, last 24");
    List<String> ofTheFile = new ArrayList<>();
    network.weights().metadata().forEach((name, value) -> ofTheFile.add(name + ": " + value));
    assertThat(ofTheFile).hasSizeGreaterThan(10);
    assertThat(page.facts()).endsWith(ofTheFile.toArray(new String[0]));
  }

  /**
   * Tiles of a picture have the colours of values.
   *
   * @param occurrence which of the pictures of that description
   * @param side pixels of a tile's side
   * @param across tiles in a row
   */
  private static void assertTiles(
      int occurrence,
      String description,
      double[] values,
      int side,
      int across,
      DoubleFunction<int[]> colour)
      throws IOException {
    BufferedImage picture = picture(figures(description).get(occurrence));
    int rows = values.length / (side * side * across);
    assertThat(picture.getWidth()).as(description).isEqualTo(across * (side + 1) - 1);
    assertThat(picture.getHeight()).as(description).isEqualTo(rows * (side + 1) - 1);
    for (int i = 0; i < values.length; i++) {
      int tile = i / (side * side);
      int x = tile % across * (side + 1) + i % side;
      int y = tile / across * (side + 1) + i / side % side;
      int rgb = picture.getRGB(x, y);
      int[] expected = colour.apply(values[i]);
      for (int channel = 0; channel < 3; channel++) {
        assertThat((rgb >> (16 - 8 * channel)) & 0xff)
            .as("%s, number %d: %s", description, i, values[i])
            .isCloseTo(expected[channel], Offset.offset(1)); // rounded by another
      }
    }
  }

  private static int[] colour(int[][] scale, double part) {
    int below = Math.min(3, (int) (4 * part));
    double rest = 4 * part - below;
    return IntStream.range(0, 3)
        .map(c -> (int) Math.round(scale[below][c] * (1 - rest) + scale[below + 1][c] * rest))
        .toArray();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  /** Figures whose picture has a description. */
  private static List<Element> figures(String description) {
    return page.elements("figure", "").stream()
        .filter(
            figure ->
                elements(figure, "img", "").stream()
                    .anyMatch(img -> img.getAttribute("alt").matches(description)))
        .toList();
  }

  private static BufferedImage picture(Element figure) throws IOException {
    return ReportPage.picture(elements(figure, "img", "").get(0));
  }

  private static List<String> texts(Element parent, String name) {
    return elements(parent, name, "").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Element parent, String name, String style) {
    NodeList nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(element -> element.getAttribute("class").startsWith(style))
        .toList();
  }
}
