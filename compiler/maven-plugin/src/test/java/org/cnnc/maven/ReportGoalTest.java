package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnc.maven.TestProject.Build;
import org.cnnc.report.testing.ReportPage;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Builds with {@code cnnc:report}, as users run them; the page is read as a browser does. */
class ReportGoalTest {
  private static final String NAME = "org.example.Stripes-report.html";
  private static final String PAGE = "target/cnnc/" + NAME;
  private static final String WEIGHTS =
      "target/generated-resources/cnnc-weights/org/example/Stripes.safetensors";
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
    ReportPage page = page(project);
    assertThat(page.texts("h1")).containsExactly("Stripes");
    assertThat(page.texts("h2")).isEqualTo(ReportPage.SECTIONS);
    assertThat(page.texts("p")).contains("Judged on validation images.");
    assertThat(page.texts("dd")).contains("100.0 %", "20 of 20", "114");
    assertThat(page.counted("right")).isEqualTo(HELD_BACK);
    assertThat(page.counted("wrong")).isZero();
    expectCurves(page, 3);
    expectAccuraciesOf(first, page);
    expectPictures(page);
    assertThat(page.facts()).contains("epochs: 3", "batch: 4", "rate: 0.1", "seed: 1");

    byte[] before = Files.readAllBytes(project.file(PAGE));
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(project.file(PAGE), longAgo);
    Build again = project.maven("prepare-package");
    again.expectSuccess();
    assertThat(again.log()).contains("Nothing to train", UNCHANGED);
    assertThat(project.file(PAGE)).hasBinaryContent(before);
    assertThat(Files.getLastModifiedTime(project.file(PAGE))).isEqualTo(longAgo);

    Files.delete(project.file(PAGE)); // training is skipped, the epochs are remembered
    Build anew = project.maven("prepare-package");
    anew.expectSuccess();
    assertThat(anew.log()).contains("Nothing to train").doesNotContain(UNCHANGED);
    assertThat(project.file(PAGE)).hasBinaryContent(before);

    Build elsewhere = project.maven("cnnc:report@default", "-Dcnnc.reportDirectory=pages");
    elsewhere.expectSuccess();
    assertThat(project.file("pages/" + NAME)).hasBinaryContent(before);

    Build others = project.maven("prepare-package", "-Dcnnc.epochs=1");
    others.expectSuccess();
    expectCurves(page(project), 1);
    assertThat(page(project).facts()).contains("epochs: 1");
  }

  /**
   * Of these weights nobody knows how they learnt, and they see nothing: half is wrong. They are of
   * a network that has the name of another one, in another package.
   */
  @Test
  void weightsFromElsewhereAreReportedOnWithoutCurves() throws Exception {
    TestProject project = withReport("report-elsewhere");
    Stripes.draw(project.file("pictures"), EACH);
    project.maven("prepare-package").expectSuccess();
    byte[] first = Files.readAllBytes(project.file(PAGE));
    Stripes.writeWeights(project.file("blind.safetensors"), 4, 0, 1);
    Path namesake = project.file("src/main/cnnc/org/other/Stripes.net");
    Files.createDirectories(namesake.getParent());
    Files.copy(project.file("src/main/cnnc/org/example/Stripes.net"), namesake);
    Build blind =
        project.maven(
            "cnnc:report@default",
            "-Dcnnc.network=src/main/cnnc/org/other/Stripes.net",
            "-Dcnnc.weights=blind.safetensors");
    blind.expectSuccess();
    assertThat(blind.log()).contains("It has no curves: the epochs of these weights are not known");
    assertThat(project.file(PAGE)).hasBinaryContent(first);
    ReportPage page = ReportPage.read(project.file("target/cnnc/org.other.Stripes-report.html"));
    assertThat(page.texts("h2")).doesNotContain("How it learnt").contains("Its worst mistakes");
    int standing = page.counted("right");
    int lying = page.counted("wrong");
    assertThat(standing + lying).isEqualTo(HELD_BACK);
    assertThat(page.texts("dd")).contains(standing + " of " + HELD_BACK);
    assertThat(page.texts("figcaption"))
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
  private static void expectCurves(ReportPage page, int epochs) {
    List<String> marks = page.marks();
    assertThat(marks).hasSize(4 * epochs);
    assertThat(marks.get(0)).startsWith("training, epoch 1: ");
    assertThat(marks).filteredOn(mark -> mark.startsWith("validation, epoch ")).hasSize(2 * epochs);
  }

  /** The build told them epoch by epoch. */
  private static void expectAccuraciesOf(Build build, ReportPage page) {
    List<String> told = new ArrayList<>();
    Matcher line = EPOCH.matcher(build.log());
    while (line.find()) {
      told.add("training, epoch " + line.group(1) + ": " + line.group(2));
      told.add("validation, epoch " + line.group(1) + ": " + line.group(3));
    }
    assertThat(told).hasSize(6);
    assertThat(page.marks()).containsAll(told);
  }

  private static void expectPictures(ReportPage page) throws IOException {
    List<Element> pictures = page.elements("img", "");
    assertThat(pictures).hasSizeGreaterThan(6);
    for (Element picture : pictures) {
      assertThat(ReportPage.picture(picture).getWidth()).isPositive();
    }
  }

  private static ReportPage page(TestProject project) throws IOException {
    return ReportPage.read(project.file(PAGE));
  }
}
