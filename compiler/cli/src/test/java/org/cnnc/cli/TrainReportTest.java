package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TrainReportTest {
  private static final String HOSTILE = "</td><script>alert('x')</script> & \u00e9";
  private static final String PNG = "data:image/png;base64,";

  @TempDir private Path folder;
  private Path model;
  private Path data;
  private Path out;
  private Path report;

  @BeforeEach
  void writeFiles() throws IOException {
    String text =
        TinyFiles.CONVOLUTION
            .replace("\"light\"", '"' + HOSTILE + '"')
            .replace("rate = 0.1", "rate = 0.001");
    model = TinyFiles.write(folder.resolve("tiny.net"), text);
    data = TinyFiles.idx(folder.resolve("data"), 48);
    out = folder.resolve("tiny.safetensors");
    report = folder.resolve("pages").resolve("report.html");
  }

  @Test
  void thePageTellsWhatWasLearnt() throws Exception {
    Cnnc.Result result = Cnnc.train(model, data, out, "--validation", "last:8", "--report", report);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).endsWith("report: " + report + "\n");
    Document page = parse();
    assertThat(texts(page, "h2"))
        .containsExactly(
            "The network",
            "How it learnt",
            "What it says",
            "Its worst mistakes",
            "Filters",
            "Feature maps",
            "Layers",
            "Settings",
            "Provenance");
    // Loss and accuracy of two epochs, in training and in validation.
    List<Element> marks = elements(page, "circle", "mark ");
    assertThat(marks).hasSize(8);
    assertThat(marks.get(0).getTextContent()).startsWith("training, epoch 1: ");
    // Four images each of two classes, and every one of them is somewhere in the square.
    int counted = 0;
    for (String kind : List.of("right", "wrong")) {
      for (Element cell : elements(page, "td", kind)) {
        counted += Integer.parseInt(cell.getTextContent());
      }
    }
    assertThat(counted).isEqualTo(8);
    assertThat(texts(page, "td")).contains("conv1", "[2, 8, 8]").doesNotContain("NaN");
    assertThat(texts(page, "td")).anyMatch(text -> text.contains("48 images"));
    assertThat(texts(page, "th")).contains("cnnc.hash", "rate", "seed");
  }

  @Test
  void thePageNeedsNothingBesideItAndPicturesAreSound() throws Exception {
    Cnnc.train(model, data, out, "--report", report);
    String text = Files.readString(report);
    assertThat(text.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    List<Element> pictures = elements(parse(), "img", "");
    assertThat(pictures).hasSizeGreaterThan(6);
    for (Element picture : pictures) {
      assertThat(picture.getAttribute("src")).startsWith(PNG);
      byte[] png = Base64.getDecoder().decode(picture.getAttribute("src").substring(PNG.length()));
      int width = ImageIO.read(new ByteArrayInputStream(png)).getWidth();
      assertThat(Integer.parseInt(picture.getAttribute("width")) % width).isZero();
      assertThat(picture.getAttribute("alt")).isNotEmpty();
    }
  }

  @Test
  void labelsAreTextsWhateverTheySay() throws Exception {
    Cnnc.train(model, data, out, "--report", report);
    assertThat(texts(parse(), "th")).contains(HOSTILE);
    assertThat(elements(parse(), "script", "")).isEmpty();
  }

  @Test
  void aFileOfTheUsersIsNotReplacedAndNothingIsTrained() throws IOException {
    Files.createDirectories(report.getParent());
    Files.writeString(report, "<p>mine</p>");
    Cnnc.Result result = Cnnc.train(model, data, out, "--report", report);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(report + ": exists and was not made by cnnc");
    assertThat(report).hasContent("<p>mine</p>");
    assertThat(out).doesNotExist();
  }

  private Document parse() throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
  }

  private static List<String> texts(Document page, String name) {
    return elements(page, name, "").stream().map(Element::getTextContent).toList();
  }

  /** Elements of a name whose class begins with {@code style}. */
  private static List<Element> elements(Document page, String name, String style) {
    List<Element> elements = new ArrayList<>();
    NodeList nodes = page.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").startsWith(style)) {
        elements.add(element);
      }
    }
    return elements;
  }
}
