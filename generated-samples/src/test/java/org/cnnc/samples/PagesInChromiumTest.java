package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cnnc.compiler.drawing.DrawingFormat;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.check.GraphBuilder;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.report.testing.ReportPage;
import org.example.sketchpad.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page about a training and the drawings of networks in Chromium, light and dark, wide and at a
 * phone's width; pictures of them come to {@code target/screenshots}. They are here, and not in the
 * modules that make them, as this one's build sees to a browser. Without one these tests are
 * skipped, or fail where the environment says {@code CI=true}.
 */
class PagesInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Path DIGITS =
      Path.of("digits", "src/main/cnnc/org/example/digits/Digits.net");
  private static final Path TWO_OUTPUTS =
      Path.of("..", "compiler/core/src/test/resources/corpus/drawing/two_outputs.net");
  private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg'>%s</svg>";
  private static final int WIDE = 1240;
  private static final int PHONE = 360;
  private static final String TOO_WIDE =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** Pixels by which the square of ten classes is wider than its room. */
  private static final String HIDDEN_CONFUSION =
      "(s => s.scrollWidth - s.clientWidth)(document.querySelector('.confusion').parentElement)";

  /** In the jars of their projects; the page has them in this order. */
  private static final List<String> SCRIPTS =
      List.of(
          "viz.js-graphviz-java/2.1.3/viz.js",
          "viz.js-graphviz-java/2.1.3/full.render.js",
          "mermaid/11.14.0/dist/mermaid.min.js");

  /** The names that the texts of the networks give, each with the layers that it stands for. */
  private static final Map<String, List<String>> STAGES =
      Map.of(
          "Digits",
          List.of(
              "features: conv1 conv2 maxpool1 maxpool2 relu1 relu2",
              "scores: fc1 fc2 flatten1 relu3",
              "digit: softmax1"),
          "TwoOutputs",
          List.of(
              "features: relu1 stem",
              "edges, alias: maxpool1 relu2",
              "shape: fc1 flatten1 softmax1",
              "size: fc2 flatten2 softmax2"));

  /** What is drawn, in the drawing's own units, and sticks out of it. */
  private static final String OUTSIDE =
      """
      [...document.querySelectorAll('path, rect, circle, text')].filter((e) => {
        const { width, height } = document.documentElement.viewBox.baseVal;
        const box = e.getBBox();
        return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
      }).map((e) => e.outerHTML)
      """;

  /** Layers, arrows and stages as Graphviz understands them; it lays them out, too. */
  private static final String GRAPHVIZ =
      """
      const [text, done] = arguments;
      new Viz().renderString(text, { format: 'json' }).then(JSON.parse).then((graph) => {
        const name = (id) => graph.objects[id].name;
        done({
          layers: graph.objects.filter((o) => !o.nodes).map((o) => `${o.name}: ${o.label.split('\\\\n').join(' | ')}`),
          arrows: graph.edges.map((e) => `${name(e.tail)} -> ${name(e.head)}`),
          stages: graph.objects.filter((o) => o.nodes)
            .map((o) => `${o.label}: ${o.nodes.map(name).sort().join(' ')}`),
        });
      }).catch((e) => done({ layers: [String(e)], arrows: [], stages: [] }));
      """;

  /** The same, as Mermaid understands them; it draws them, too. */
  private static final String MERMAID =
      """
      const [text, done] = arguments;
      (async () => {
        mermaid.initialize({ startOnLoad: false });
        const { svg } = await mermaid.render('drawing', text);
        document.body.innerHTML = svg;
        const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
        const name = (id) => id.replace(/^layer_/, '');
        const lines = (label) => label.split(/<br ?\\/?>/).join(' | ');
        return {
          layers: [...db.getVertices().values()].map((v) => `${name(v.id)}: ${lines(v.text)}`),
          arrows: db.getEdges().map((e) => `${name(e.start)} -> ${name(e.end)}`),
          stages: db.getSubGraphs().map((g) => `${g.title}: ${g.nodes.map(name).sort().join(' ')}`),
        };
      })().catch((e) => ({ layers: [String(e)], arrows: [], stages: [] })).then(done);
      """;

  @TempDir private static Path folder;

  private static Browser browser;
  private static Path report;

  @BeforeAll
  static void open() throws Exception {
    Browser.Installed installed = Browser.Installed.orSkip();
    report = folder.resolve("report.html");
    BuiltSamples.outputOf(
        JavaProcess.cnnc(
            "train",
            DIGITS.toString(),
            "--data",
            Path.of("digits", "data", "train-images-idx3-ubyte.gz").toString(),
            "--validation",
            "last:100",
            "--epochs",
            "2",
            "--batch",
            "8",
            "--out",
            folder.resolve("digits.safetensors").toString(),
            "--report",
            report.toString()));
    browser = Browser.start(installed, Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingToComplainAbout() {
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1240, false", "1240, true", "360, false", "360, true"})
  void theReportIsLegibleAndFits(int width, boolean dark) throws Exception {
    show(report, width, 800, dark);
    assertThat(number(TOO_WIDE)).isZero();
    assertThat(number(HIDDEN_CONFUSION)).as("columns of confusion to scroll to").isZero();
    assertThat(browser.accessibilityFaults()).isEmpty();
    assertThat(strings("[...document.images].filter(i => !i.naturalWidth).map(i => i.alt)"))
        .as("broken pictures")
        .isEmpty();
    browser
        .driver()
        .executeScript("document.querySelectorAll('details').forEach(e => { e.open = true; })");
    browser.show(width, number("document.documentElement.scrollHeight"), dark);
    assertThat(Legibility.texts(browser))
        .hasSizeGreaterThan(width == WIDE ? 300 : 150)
        .allMatch(text -> text.height() > 10, "is not too small");
    assertLegible("report", width, dark);
  }

  /** Sections, pictures and curves have room on the screen, each of them. */
  @ParameterizedTest
  @ValueSource(ints = {WIDE, PHONE})
  void everyPartOfTheReportIsSeen(int width) {
    show(report, width, 800, false);
    assertThat(strings("[...document.querySelectorAll('h2')].map(e => e.innerText)"))
        .isEqualTo(ReportPage.SECTIONS);
    Map<String, Integer> parts = new LinkedHashMap<>();
    parts.put(".figures div", 6);
    parts.put("svg.net .block", 9);
    parts.put("svg.chart", 2);
    parts.put(".mark.training", 4);
    parts.put(".mark.validation", 4);
    parts.put(".confusion tr", 11);
    parts.put(".gallery img", Math.min(24, mistakes()));
    parts.put("img[alt^='filters of ']", 2);
    parts.put("details[open] img", 12);
    parts.put("summary", 3);
    parts.put(".answer li", 9);
    parts.forEach(
        (selector, count) ->
            assertThat(
                    number(
                        "[...document.querySelectorAll(\""
                            + selector
                            + "\")].filter(e => e.closest('details:not([open])')"
                            + " || e.getBoundingClientRect().height > 3).length"))
                .as(selector)
                .isEqualTo(count));
  }

  private static int mistakes() {
    return number(
        "[...document.querySelectorAll('td.wrong')].reduce((n, e) => n + Number(e.innerText), 0)");
  }

  /** On a phone a page moves it, as the report does, or a browser makes it small. */
  @ParameterizedTest
  @CsvSource({"Digits, false", "Digits, true", "TwoOutputs, false", "TwoOutputs, true"})
  void aDrawingIsLegible(String name, boolean dark) throws Exception {
    NetworkGraph network = networks().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
    Path file = folder.resolve(name + ".svg");
    Files.writeString(file, DrawingFormat.SVG.draw(network));
    show(file, WIDE, 900, dark);
    assertThat(number(TOO_WIDE)).isZero();
    assertThat(strings(OUTSIDE)).as("what sticks out").isEmpty();
    List<Legibility.Text> texts = Legibility.texts(browser);
    assertThat(texts).hasSizeGreaterThan(3 * network.nodes().size());
    for (int i = 0; i < texts.size(); i++) {
      for (Legibility.Text other : texts.subList(0, i)) {
        assertThat(texts.get(i).covers(other)).as(texts.get(i) + " over " + other).isFalse();
      }
    }
    assertLegible(name, WIDE, dark);
    assertThat(luminance(WIDE - 10, 880) < 0.05).as("dark beside the drawing").isEqualTo(dark);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void graphvizUnderstandsTheText(NetworkGraph network) throws Exception {
    assertUnderstood(GRAPHVIZ, DrawingFormat.DOT, network);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void mermaidUnderstandsTheText(NetworkGraph network) throws Exception {
    assertUnderstood(MERMAID, DrawingFormat.MERMAID, network);
    assertThat(number("document.querySelectorAll('svg .node').length"))
        .as("layers that are drawn")
        .isEqualTo(network.nodes().size() + 1);
    browser.screenshot(SCREENSHOTS.resolve(network.name() + "-mermaid.png"), false);
  }

  static Stream<NetworkGraph> networks() {
    return Stream.of(DIGITS, TWO_OUTPUTS).map(PagesInChromiumTest::network);
  }

  private static NetworkGraph network(Path file) {
    try {
      SourceFile source = new SourceFile(file.toString(), Files.readString(file));
      DiagnosticLog log = new DiagnosticLog();
      return Parser.parse(source, log)
          .flatMap(tree -> GraphBuilder.build(tree, source, log))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a script reads of a text are the layers, arrows and stages of the network. */
  private static void assertUnderstood(String script, DrawingFormat format, NetworkGraph network)
      throws IOException {
    browser.show(WIDE, 500, false);
    browser.driver().get(pageWithScripts().toUri().toString());
    Map<?, ?> read = (Map<?, ?>) browser.driver().executeAsyncScript(script, format.draw(network));
    Value input = network.input().value();
    List<String> layers = new ArrayList<>();
    List<String> arrows = new ArrayList<>();
    layers.add(layer(input.name(), input.shape()));
    for (Node node : network.nodes()) {
      layers.add(layer(node.name(), node.output().shape()));
      for (Value value : node.inputs()) {
        String from = network.producer(value).map(Node::name).orElse(input.name());
        arrows.add(from + " -> " + node.name());
      }
    }
    assertThat(texts(read.get("layers")))
        .extracting(PagesInChromiumTest::nameAndShape)
        .containsExactlyInAnyOrderElementsOf(layers);
    assertThat(texts(read.get("arrows"))).containsExactlyInAnyOrderElementsOf(arrows);
    assertThat(texts(read.get("stages")))
        .containsExactlyInAnyOrderElementsOf(STAGES.get(network.name()));
  }

  private static String layer(String name, TensorShape shape) {
    String size =
        shape.isVector()
            ? String.valueOf(shape.channels())
            : shape.channels() + " \u00d7 " + shape.height() + " \u00d7 " + shape.width();
    return name + ": " + name + " | " + size;
  }

  /** Without the window, which is written close, and theta. */
  private static String nameAndShape(String layer) {
    return Stream.of(layer.split(" \\| ", -1))
        .filter(line -> line.matches(".*: .*|[0-9]+( \u00d7 [0-9]+){0,2}"))
        .collect(Collectors.joining(" | "));
  }

  private static Path pageWithScripts() throws IOException {
    Path page = folder.resolve("scripts.html");
    if (Files.exists(page)) {
      return page;
    }
    StringBuilder html = new StringBuilder("<!DOCTYPE html><meta charset='utf-8'><body>");
    for (String script : SCRIPTS) {
      Path file = folder.resolve(script.substring(script.lastIndexOf('/') + 1));
      try (InputStream in =
          PagesInChromiumTest.class.getResourceAsStream("/META-INF/resources/webjars/" + script)) {
        Files.copy(in, file);
      }
      html.append("<script src='").append(file.getFileName()).append("'></script>");
    }
    return Files.writeString(page, html);
  }

  /** Opens a page, which has all in the file itself. */
  private static void show(Path page, int width, int height, boolean dark) {
    browser.show(width, height, dark);
    browser.requests();
    browser.driver().get(page.toUri().toString());
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
  }

  @Test
  void aPageThatFetchesWouldBeNoticed() throws Exception {
    Path other = Files.writeString(folder.resolve("other.svg"), SVG.formatted(""));
    Path page = folder.resolve("fetching.svg");
    Files.writeString(page, SVG.formatted("<image href='other.svg' width='9' height='9'/>"));
    browser.requests();
    browser.driver().get(page.toUri().toString());
    assertThat(browser.requests())
        .containsExactly(page.toUri().toString(), other.toUri().toString());
  }

  /** On light or dark ground, with colours that differ enough from it. */
  private static void assertLegible(String name, int width, boolean dark) throws IOException {
    String picture = name + (dark ? "-dark-" : "-light-") + width + ".png";
    browser.screenshot(SCREENSHOTS.resolve(picture), false);
    assertThat(Legibility.faults(browser, ground())).as(picture).isEmpty();
    double luminance = luminance(12, 12);
    if (dark) {
      assertThat(luminance).as(picture).isLessThan(0.05);
    } else {
      assertThat(luminance).as(picture).isGreaterThan(0.9);
    }
  }

  /** Of a pixel of what {@link #assertLegible} saw last. */
  private static double luminance(int x, int y) throws IOException {
    return Legibility.luminance(ImageIO.read(ground().toFile()).getRGB(x, y));
  }

  private static Path ground() {
    return folder.resolve("ground.png");
  }

  private static int number(String expression) {
    return ((Number) browser.driver().executeScript("return " + expression)).intValue();
  }

  private static List<String> strings(String expression) {
    return texts(browser.driver().executeScript("return " + expression));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
