package org.cnnc.compiler.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The blocks of a drawing are as deep, high and wide as the network says, next to each other. */
class BlockGeometryTest {
  /** Pixels of the picture: numbers are written with two places. */
  private static final Offset<Double> ROUNDED = Offset.offset(0.02);

  /** A side of fewer pixels, beside the largest one, is drawn larger than it is: to be seen. */
  private static final double SEEN = 0.08;

  /** A solid as it is drawn, and the shape that the network has there. */
  private record Solid(TensorShape shape, double depth, double height, double back, double rise) {
    private static Solid of(Element block, TensorShape shape) {
      List<double[]> paths = new ArrayList<>();
      NodeList elements = block.getElementsByTagName("path");
      for (int i = 0; i < elements.getLength(); i++) {
        paths.add(numbers(((Element) elements.item(i)).getAttribute("d")));
      }
      double[] front = paths.get(0); // x, y, width, height, -width
      double[] roof = paths.get(1); // x, y, dx, dy, width, -dx, -dy
      assertThat(roof[4]).as("the roof is as wide as the front").isEqualTo(front[2]);
      return new Solid(shape, front[2], front[3], roof[2], -roof[3]);
    }

    private static double[] numbers(String path) {
      return Stream.of(path.replaceAll("[A-Za-z]", " ").strip().split("\\s+", -1))
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  static Stream<NetworkGraph> networks() {
    String corridor =
        Models.network(
            "[3, 64, 16]",
            " -> conv(5, kernel = 3, padding = same) -> relu -> maxpool(2) -> conv(40, kernel = 5)"
                + " -> conv(40, kernel = 1) -> conv(7, kernel = 4)");
    return Stream.concat(
            Stream.of("drawing", "graph", "networks")
                .flatMap(topic -> Corpus.cases(topic).stream())
                .map(Corpus::read),
            Stream.of(corridor))
        .map(Models::graph);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void moreChannelsAreDeeper(NetworkGraph network) throws Exception {
    List<Solid> solids = solids(network);
    for (Solid one : solids) {
      for (Solid other : solids) {
        assertThat(Math.signum(one.depth() - other.depth()))
            .as("%s beside %s", one, other)
            .isEqualTo(Integer.signum(one.shape().channels() - other.shape().channels()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void sidesAreInProportionToPixels(NetworkGraph network) throws Exception {
    List<Solid> solids = solids(network);
    assertProportional(solids, TensorShape::height, Solid::height);
    assertProportional(solids, TensorShape::width, Solid::back);
    assertProportional(solids, TensorShape::width, Solid::rise);
  }

  private static void assertProportional(
      List<Solid> solids, ToIntFunction<TensorShape> pixels, ToDoubleFunction<Solid> drawn) {
    int largest =
        solids.stream()
            .mapToInt(solid -> Math.max(solid.shape().height(), solid.shape().width()))
            .max()
            .orElse(1);
    List<Solid> seen =
        solids.stream().filter(s -> pixels.applyAsInt(s.shape()) >= SEEN * largest).toList();
    Solid most = Collections.max(seen, Comparator.comparing(s -> pixels.applyAsInt(s.shape())));
    double unit = drawn.applyAsDouble(most) / pixels.applyAsInt(most.shape());
    for (Solid solid : solids) {
      double exact = unit * pixels.applyAsInt(solid.shape());
      if (seen.contains(solid)) {
        assertThat(drawn.applyAsDouble(solid)).as(solid.toString()).isCloseTo(exact, ROUNDED);
      } else {
        assertThat(drawn.applyAsDouble(solid))
            .as(solid.toString())
            .isBetween(exact, 1.01 * SEEN * largest * unit);
      }
    }
  }

  /** A vector of more features has no fewer circles; of few, it has one for each. */
  @ParameterizedTest
  @MethodSource("networks")
  void vectorsAreColumns(NetworkGraph network) throws Exception {
    Map<TensorShape, Integer> circles = new HashMap<>();
    for (Map.Entry<Element, TensorShape> block : blocks(network).entrySet()) {
      NodeList nodes = block.getKey().getElementsByTagName("circle");
      int count = 0;
      for (int i = 0; i < nodes.getLength(); i++) {
        count += ((Element) nodes.item(i)).getAttribute("class").startsWith("node") ? 1 : 0;
      }
      if (block.getValue().isVector()) {
        circles.put(block.getValue(), count);
      } else {
        assertThat(count).isZero();
      }
    }
    assertThat(circles).isNotEmpty();
    circles.forEach(
        (shape, count) -> {
          if (shape.channels() <= 10) {
            assertThat(count).isEqualTo(shape.channels());
          }
          circles.forEach(
              (other, otherCount) -> {
                if (other.channels() > shape.channels()) {
                  assertThat(otherCount).isGreaterThanOrEqualTo(count);
                }
              });
        });
  }

  private static List<Solid> solids(NetworkGraph network) throws Exception {
    List<Solid> solids = new ArrayList<>();
    blocks(network)
        .forEach(
            (block, shape) -> {
              if (!shape.isVector()) {
                solids.add(Solid.of(block, shape));
              }
            });
    return solids;
  }

  /** The blocks of a drawing, each with the shape that the network has of its first layer. */
  private static Map<Element, TensorShape> blocks(NetworkGraph network) throws Exception {
    Map<String, TensorShape> shapes = new HashMap<>();
    Value input = network.input().value();
    shapes.put(input.name(), input.shape());
    network.nodes().forEach(node -> shapes.put(node.name(), node.output().shape()));
    String svg = DrawingFormat.SVG.draw(network);
    NodeList groups =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getElementsByTagName("g");
    Map<Element, TensorShape> blocks = new LinkedHashMap<>();
    for (int i = 0; i < groups.getLength(); i++) {
      Element block = (Element) groups.item(i);
      String title = block.getElementsByTagName("title").item(0).getTextContent();
      blocks.put(block, shapes.get(title.substring(0, title.indexOf(':'))));
    }
    assertThat(blocks).doesNotContainValue(null).hasSizeGreaterThan(1);
    return blocks;
  }
}
