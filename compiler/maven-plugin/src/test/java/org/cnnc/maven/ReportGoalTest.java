package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cnnc.maven.TestProject.Build;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Builds with {@code cnnc:report}, as users run them; the page is read as a browser does. */
class ReportGoalTest {
  private static final String PAGE = "target/cnnc/Stripes-report.html";
  private static final String WEIGHTS =
      "target/generated-resources/cnnc-weights/org/example/Stripes.safetensors";
  private static final String PNG = "data:image/png;base64,";
  private static final String UNCHANGED =
      "Nothing to report - network, weights and images are unchanged";
  private static final Pattern EPOCH =
      Pattern.compile("epoch (\\d)/3 .*?accuracy ([0-9.]+ %) .*?accuracy ([0-9.]+ %)");
  private static final int EACH = 40;
  private static final int HELD_BACK = 20;

  @Test
  void thePageTellsOfTheTrainingAndStaysWhileNothingChanges() throws Exception {
    TestProject project = withReport("report");
    Stripes.draw(project.file("pictures"), EACH);
    Build first = project.maven("prepare-package");
    first.expectSuccess();
    assertThat(first.log())
        .contains("Report: " + project.file(PAGE) + "\n")
        .contains("accuracy 1.0000 on 20 validation images\n");
    Document page = page(project);
    assertThat(texts(page, "h1")).containsExactly("Stripes");
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
    assertThat(texts(page, "p")).contains("Judged on validation images.");
    assertThat(texts(page, "dd")).contains("100.0 %", "20 of 20", "114");
    assertThat(counted(page, "right")).isEqualTo(HELD_BACK);
    assertThat(counted(page, "wrong")).isZero();
    expectCurves(page, 3);
    expectAccuraciesOf(first, page);
    expectPictures(page);
    assertThat(facts(page)).contains("epochs: 3", "batch: 4", "rate: 0.1", "seed: 1");

    byte[] before = Files.readAllBytes(project.file(PAGE));
    Build again = project.maven("prepare-package");
    again.expectSuccess();
    assertThat(again.log()).contains("Nothing to train", UNCHANGED);
    assertThat(project.file(PAGE)).hasBinaryContent(before);

    Files.delete(project.file(PAGE)); // training is skipped, the epochs are remembered
    Build anew = project.maven("prepare-package");
    anew.expectSuccess();
    assertThat(anew.log()).contains("Nothing to train").doesNotContain(UNCHANGED);
    assertThat(project.file(PAGE)).hasBinaryContent(before);

    Build elsewhere = project.maven("cnnc:report@default", "-Dcnnc.reportDirectory=pages");
    elsewhere.expectSuccess();
    assertThat(project.file("pages/Stripes-report.html")).hasBinaryContent(before);

    Build others = project.maven("prepare-package", "-Dcnnc.epochs=1");
    others.expectSuccess();
    expectCurves(page(project), 1);
    assertThat(facts(page(project))).contains("epochs: 1");
  }

  /** Of these weights nobody knows how they learnt, and they see nothing: half is wrong. */
  @Test
  void weightsFromElsewhereAreReportedOnWithoutCurves() throws Exception {
    TestProject project = withReport("report-elsewhere");
    Stripes.draw(project.file("pictures"), EACH);
    project.maven("prepare-package").expectSuccess();
    Stripes.writeWeights(project.file("blind.safetensors"), 4, 0, 1);
    Build blind =
        project.maven(
            "cnnc:report@default",
            "-Dcnnc.weights=blind.safetensors",
            "-Dcnnc.reportDirectory=pages");
    blind.expectSuccess();
    assertThat(blind.log()).contains("It has no curves: the epochs of these weights are not known");
    Document page = page(project.file("pages/Stripes-report.html"));
    assertThat(texts(page, "h2")).doesNotContain("How it learnt").contains("Its worst mistakes");
    int standing = counted(page, "right");
    int lying = counted(page, "wrong");
    assertThat(standing + lying).isEqualTo(HELD_BACK);
    assertThat(texts(page, "dd")).contains(standing + " of " + HELD_BACK);
    assertThat(texts(page, "figcaption"))
        .filteredOn(text -> text.strip().startsWith("lying") && text.contains("said standing, "))
        .hasSize(lying);
  }

  @Test
  void withoutWeightsTheMessageSaysWhatToDo() throws Exception {
    TestProject project = TestProject.copyOf("train", "report-none");
    Stripes.draw(project.file("pictures"), 1);
    Build none = project.maven("cnnc:report");
    none.expectFailure();
    assertThat(none.log())
        .contains("Stripes.net: expected the weights to report on, there is no ")
        .contains("; train the network first, or lay its weights among the resources");
    assertThat(project.file(PAGE)).doesNotExist();
    assertThat(project.file(WEIGHTS)).doesNotExist();
  }

  private static TestProject withReport(String test) throws Exception {
    TestProject project = TestProject.copyOf("train", test);
    project.replace("pom.xml", "<goal>train</goal>", "<goal>train</goal><goal>report</goal>");
    return project;
  }

  /** Loss and accuracy of each epoch, of what was learnt and of what was held back. */
  private static void expectCurves(Document page, int epochs) {
    List<String> marks = marks(page);
    assertThat(marks).hasSize(4 * epochs);
    assertThat(marks.get(0)).startsWith("training, epoch 1: ");
    assertThat(marks).filteredOn(mark -> mark.startsWith("validation, epoch ")).hasSize(2 * epochs);
  }

  private static List<String> marks(Document page) {
    return elements(page, "circle", "mark ").stream()
        .map(mark -> mark.getTextContent().strip())
        .toList();
  }

  /** The build told them epoch by epoch. */
  private static void expectAccuraciesOf(Build build, Document page) {
    List<String> told = new ArrayList<>();
    Matcher line = EPOCH.matcher(build.log());
    while (line.find()) {
      told.add("training, epoch " + line.group(1) + ": " + line.group(2));
      told.add("validation, epoch " + line.group(1) + ": " + line.group(3));
    }
    assertThat(told).hasSize(6);
    assertThat(marks(page)).containsAll(told);
  }

  private static void expectPictures(Document page) throws Exception {
    List<Element> pictures = elements(page, "img", "");
    assertThat(pictures).hasSizeGreaterThan(6);
    for (Element picture : pictures) {
      assertThat(picture.getAttribute("src")).startsWith(PNG);
      byte[] png = Base64.getDecoder().decode(picture.getAttribute("src").substring(PNG.length()));
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image.getWidth()).isPositive();
    }
  }

  /** How many images are in cells of a kind of the confusion matrix. */
  private static int counted(Document page, String kind) {
    return elements(page, "td", kind).stream()
        .mapToInt(cell -> Integer.parseInt(cell.getTextContent()))
        .sum();
  }

  /** The rows of settings and provenance. */
  private static List<String> facts(Document page) {
    List<String> facts = new ArrayList<>();
    for (Element table : elements(page, "table", "facts")) {
      NodeList names = table.getElementsByTagName("th");
      NodeList values = table.getElementsByTagName("td");
      for (int i = 0; i < names.getLength(); i++) {
        facts.add(names.item(i).getTextContent() + ": " + values.item(i).getTextContent());
      }
    }
    return facts;
  }

  private static Document page(TestProject project) throws Exception {
    return page(project.file(PAGE));
  }

  private static Document page(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
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
