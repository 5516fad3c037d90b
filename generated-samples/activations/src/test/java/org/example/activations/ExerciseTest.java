package org.example.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ExerciseTest {
  /** Of the curves, in their order. */
  private static final List<Integer> COLOURS =
      List.of(0xD55E00, 0x009E73, 0x56B4E9, 0xCC79A7, 0x0072B2);

  @TempDir private Path folder;

  /** What the lecture says of the exercise: with Sigmoid it learns slowly, with ReLU fast. */
  @Test
  void sigmoidLearnsSlowlyAndReluFast() throws Exception {
    List<Curve> curves = new Exercise(Path.of("data"), 3).run();
    assertEquals(
        List.of("Sigmoid", "Tanh", "Leaky ReLU", "Mish", "ReLU"),
        curves.stream().map(Curve::activation).toList());
    Curve sigmoid = curves.get(0);
    Curve relu = curves.get(4);
    // Not knowing anything costs ln 10 = 2.30.
    assertTrue(sigmoid.finalLoss() > 2.2, "Sigmoid: " + sigmoid.epochLosses());
    assertTrue(relu.finalLoss() < 1.15, "ReLU: " + relu.epochLosses());
    assertTrue(Findings.sentence(curves).endsWith("not even after 1,800 images with Sigmoid."));
    assertEquals(18, relu.losses().size());
    assertEquals(1800, relu.images().get(17));

    Path picture = folder.resolve("curves.png");
    CurvePicture.write(curves, picture);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(1000, image.getWidth());
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      colours.add(image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff);
    }
    assertTrue(colours.containsAll(COLOURS));
  }

  /** Five level curves, a loss of 0.5 apart: five level lines, as far apart as each other. */
  @Test
  void everyCurveIsDrawnWhereItsNumbersAreAndNamedInTheLegend() throws Exception {
    List<String> names = List.of("first", "second", "third", "fourth", "fifth");
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double loss = 2.5 - 0.5 * i;
      curves.add(
          new Curve(names.get(i), List.of(0, 500, 1000), List.of(loss, loss, loss), List.of(loss)));
    }
    XYChart chart = CurvePicture.chart(curves);
    assertEquals(names, List.copyOf(chart.getSeriesMap().keySet()));
    assertTrue(chart.getStyler().isLegendVisible());
    assertTrue(chart.getSeriesMap().values().stream().allMatch(XYSeries::isShowInLegend));

    Path picture = folder.resolve("levels.png");
    CurvePicture.write(curves, picture);
    BufferedImage image = ImageIO.read(picture.toFile());
    List<Double> heights = new ArrayList<>();
    for (int colour : COLOURS) {
      double height = height(image, 300, colour);
      assertEquals(height, height(image, 600, colour), "level");
      heights.add(height);
    }
    double apart = (heights.get(4) - heights.get(0)) / 4;
    assertTrue(apart > 50, "a larger loss is higher up: " + heights);
    for (int i = 0; i < heights.size(); i++) {
      assertEquals(heights.get(0) + i * apart, heights.get(i), 1.0);
    }
  }

  /** The middle of the pixels of a colour in a column; fails if there are none. */
  private static double height(BufferedImage image, int x, int colour) {
    return IntStream.range(0, image.getHeight())
        .filter(y -> (image.getRGB(x, y) & 0xffffff) == colour)
        .average()
        .orElseThrow();
  }

  @Test
  void theSentenceIsComputed() {
    List<Integer> images = List.of(1000, 2000, 3000);
    List<Curve> curves =
        List.of(
            new Curve("A", images, List.of(2.5, 2.0, 1.5), List.of(1.5)),
            new Curve("B", images, List.of(1.75, 1.2, 1.1), List.of(1.1)),
            new Curve("C", images, List.of(1.75, 1.15, 0.5), List.of(0.5)));
    assertEquals(
        "The loss is halved (below 1.15) after 2,000 images with C, after 3,000 images with B, not"
            + " even after 3,000 images with A.",
        Findings.sentence(curves));
  }

  @Test
  void theNetworksDifferInTheActivationAlone() throws Exception {
    Path sources = Path.of("src/main/cnnc/org/example/activations");
    Set<String> texts = new HashSet<>();
    Set<String> withoutActivation = new HashSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        texts.add(text);
        withoutActivation.add(
            text.replaceAll("network \\w+", "network N")
                .replaceAll("-> (sigmoid|tanh|leaky_relu|mish|relu)\\b", "-> activation"));
      }
    }
    assertEquals(5, texts.size());
    assertEquals(1, withoutActivation.size());
    assertNotEquals(texts, withoutActivation);
  }
}
