package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.report.testing.ReportPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class TrainReportTest {
  private static final String HOSTILE = "</td><script>alert('x')</script> & \u00e9";

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
    ReportPage page = parse();
    assertThat(page.texts("h2")).isEqualTo(ReportPage.SECTIONS);
    // Loss and accuracy of two epochs, in training and in validation.
    assertThat(page.marks()).hasSize(8);
    assertThat(page.marks().get(0)).startsWith("training, epoch 1: ");
    // Four images each of two classes, and every one of them is somewhere in the square.
    assertThat(page.counted("right") + page.counted("wrong")).isEqualTo(8);
    assertThat(page.texts("td")).contains("conv1", "[2, 8, 8]").doesNotContain("NaN");
    assertThat(page.texts("td")).anyMatch(text -> text.contains("48 images"));
    assertThat(page.texts("th")).contains("cnnc.hash", "rate", "seed");
  }

  @Test
  void thePageNeedsNothingBesideItAndPicturesAreSound() throws Exception {
    Cnnc.train(model, data, out, "--report", report);
    String text = Files.readString(report);
    assertThat(text.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    List<Element> pictures = parse().elements("img", "");
    assertThat(pictures).hasSizeGreaterThan(6);
    for (Element picture : pictures) {
      int width = ReportPage.picture(picture).getWidth();
      assertThat(Integer.parseInt(picture.getAttribute("width")) % width).isZero();
      assertThat(picture.getAttribute("alt")).isNotEmpty();
    }
  }

  @Test
  void labelsAreTextsWhateverTheySay() throws Exception {
    Cnnc.train(model, data, out, "--report", report);
    assertThat(parse().texts("th")).contains(HOSTILE);
    assertThat(parse().elements("script", "")).isEmpty();
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

  private ReportPage parse() throws IOException {
    return ReportPage.read(report);
  }
}
