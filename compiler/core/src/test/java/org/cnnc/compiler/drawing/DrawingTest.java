package org.cnnc.compiler.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DrawingTest {
  @TestFactory
  Stream<DynamicTest> svgIsAsRecorded() {
    return Corpus.tests("drawing", "svg", file -> DrawingFormat.SVG.draw(network(file)));
  }

  @TestFactory
  Stream<DynamicTest> dotIsAsRecorded() {
    return Corpus.tests("drawing", "dot", file -> DrawingFormat.DOT.draw(network(file)));
  }

  @TestFactory
  Stream<DynamicTest> mermaidIsAsRecorded() {
    return Corpus.tests("drawing", "mmd", file -> DrawingFormat.MERMAID.draw(network(file)));
  }

  static Stream<Path> networks() {
    return Stream.of("drawing", "graph", "networks").flatMap(name -> Corpus.cases(name).stream());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyLayerIsInThePictureWithShapeAndTheta(Path file) throws Exception {
    NetworkGraph network = network(file);
    Document picture = parse(DrawingFormat.SVG.draw(network));
    String titles = String.join("\n", texts(picture, "title")) + "\n";
    List<String> captions = texts(picture, "text");
    for (NetworkSummary.Row row : NetworkSummary.of(network).rows()) {
      assertThat(titles)
          .containsPattern(
              "(?m)^"
                  + row.layer()
                  + ": .* gives "
                  + shape(row.output())
                  + ", "
                  + learns(row)
                  + "$");
      assertThat(captions).contains(shape(row.output()));
      assertThat(captions).anyMatch(text -> List.of(text.split(" \\+ ")).contains(row.layer()));
      if (row.theta() > 0) {
        assertThat(captions).contains(theta(row));
      }
    }
    assertThat(captions).contains(network.name(), shape(network.input().value().shape()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void textsNameEveryLayerWithShapeAndTheta(Path file) {
    NetworkGraph network = network(file);
    String dot = DrawingFormat.DOT.draw(network);
    String mermaid = DrawingFormat.MERMAID.draw(network);
    for (NetworkSummary.Row row : NetworkSummary.of(network).rows()) {
      String end = shape(row.output()) + (row.theta() > 0 ? "%s" + theta(row) : "") + "\"";
      assertThat(dot).containsPattern(row.layer() + "\\\\n.*" + end.formatted("\\\\n"));
      assertThat(mermaid).containsPattern(row.layer() + "<br/>.*" + end.formatted("<br/>"));
    }
  }

  private static String theta(NetworkSummary.Row row) {
    return String.format(Locale.ROOT, "θ%d %,d", row.theta(), row.parameters());
  }

  private static String learns(NetworkSummary.Row row) {
    return row.theta() == 0 ? "no parameters" : theta(row) + " parameters";
  }

  private static String shape(TensorShape shape) {
    return shape.isVector()
        ? String.format(Locale.ROOT, "%,d", shape.channels())
        : shape.channels() + " × " + shape.height() + " × " + shape.width();
  }

  @Test
  void namedValuesAreStages() throws Exception {
    Document picture = parse(DrawingFormat.SVG.draw(network(Corpus.cases("drawing").get(1))));
    assertThat(texts(picture, "text")).contains("features", "edges, alias", "shape", "size");
    assertThat(
            MermaidText.stages(DrawingFormat.MERMAID.draw(network(Corpus.cases("drawing").get(1)))))
        .containsExactly(
            "features: stem relu1",
            "edges, alias: relu2 maxpool1",
            "shape: flatten1 fc1 softmax1",
            "size: flatten2 fc2 softmax2");
  }

  @Test
  void blocksStayInTheRoomTheyHave() {
    StringBuilder layers = new StringBuilder(" -> conv(3, kernel = 3)");
    for (int i = 0; i < 40; i++) {
      layers.append(
          " -> conv(512, kernel = 3, padding = same) -> relu -> maxpool(3, stride = 1, padding = 1)");
    }
    Sketch sketch = Sketch.of(Models.graph(Models.network("[3, 64, 64]", layers.toString())));
    Layout layout = Layout.of(Block.of(sketch));
    assertThat(layout.rows()).isGreaterThan(5);
    assertThat(layout.width()).isBetween(800.0, 1400.0);
    for (int i = 1; i < layout.places().size(); i++) {
      Layout.Place before = layout.places().get(i - 1);
      Layout.Place place = layout.places().get(i);
      assertThat(place.left()).isGreaterThanOrEqualTo(place.cellLeft());
      assertThat(place.right()).isLessThanOrEqualTo(place.cellRight());
      if (place.row() == before.row()) {
        assertThat(place.cellLeft()).isGreaterThanOrEqualTo(before.cellRight() - 1e-9);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstLinesSayWhoMadeIt(DrawingFormat format) {
    String drawing = format.draw(network(Corpus.cases("drawing").get(0)));
    assertThat(drawing.substring(0, 300))
        .contains("generated by cnnc 0.1.0 from house_person_tree.net");
    assertThat(DrawingFormat.ofFileName("a." + format.endings().get(0))).contains(format);
  }

  @Test
  void otherEndingsHaveNoFormat() {
    assertThat(DrawingFormat.ofFileName("net.png")).isEmpty();
    assertThat(DrawingFormat.ofFileName("svg")).isEmpty();
  }

  @Test
  void anyCharactersMakeSoundMarkup() throws Exception {
    String hostile = "a\"><script>&amp;'\u0000\u0001\uD800--]]>\uFFFF é 日本 \uD83D\uDE00";
    MarkupWriter out = new MarkupWriter();
    out.open("a", "b", hostile).text(hostile).close();
    Document document = parse(out.toString());
    String expected = "a\"><script>&amp;'\uFFFD\uFFFD\uFFFD--]]>\uFFFD é 日本 \uD83D\uDE00";
    assertThat(document.getDocumentElement().getTextContent()).isEqualTo(expected);
    assertThat(document.getDocumentElement().getAttribute("b")).isEqualTo(expected);
  }

  @Test
  void numbersAreShort() {
    assertThat(Stream.of(1.0, 100.0, -0.001, 0.125, 1234.5).map(MarkupWriter::number))
        .containsExactly("1", "100", "0", "0.13", "1234.5");
  }

  private static NetworkGraph network(Path file) {
    return Models.check(file.toString(), Corpus.read(file)).graph().orElseThrow();
  }

  private static Document parse(String markup) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(markup)));
  }

  private static List<String> texts(Document document, String element) {
    List<String> texts = new ArrayList<>();
    NodeList nodes = document.getElementsByTagName(element);
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** Reads the frames of a Mermaid text. */
  private static final class MermaidText {
    static List<String> stages(String text) {
      List<String> stages = new ArrayList<>();
      boolean inside = false;
      for (String line : text.lines().map(String::strip).toList()) {
        if (line.startsWith("subgraph")) {
          inside = true;
          stages.add(line.replaceAll(".*\\[\"(.*)\"]", "$1:"));
        } else if (line.equals("end")) {
          inside = false;
        } else if (inside) {
          int last = stages.size() - 1;
          stages.set(last, stages.get(last) + " " + line.replaceAll("layer_(\\w+)\\[.*", "$1"));
        }
      }
      return stages;
    }
  }
}
