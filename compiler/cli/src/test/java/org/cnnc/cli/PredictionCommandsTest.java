package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cnnc.runtime.RandomSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval} and {@code predict} with weights that were trained once. */
class PredictionCommandsTest {
  @TempDir private static Path shared;
  private static Path model;
  private static Path data;
  private static Path weights;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    model = TinyFiles.write(shared.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    data = TinyFiles.pictures(shared.resolve("pictures"), 24);
    weights = shared.resolve("tiny.safetensors");
    assertThat(Cnnc.train(model, data, weights, "--epochs", 8).exitCode()).isZero();
  }

  @Test
  void evalCountsEveryImage() {
    Cnnc.Result result = Cnnc.run("eval", model, "--weights", weights, "--data", data);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("accuracy 100.0 % (48 of 48 images), loss 0.");
    assertThat(result.out()).contains("\ndark       24    100.0 %  100.0 %  100.0 %\n");
  }

  @Test
  void evalCanBeReadByPrograms() {
    Cnnc.Result result =
        Cnnc.run("eval", model, "-w", weights, "-d", data, "--json", "--threads", 2);
    assertThat(result.out())
        .hasLineCount(1)
        .contains("\"images\": 48, \"correct\": 48, \"accuracy\": 1.000000")
        .contains("\"class\": \"light\", \"images\": 24")
        .contains("\"said\": [0, 24]");
  }

  @Test
  void evalJudgesTheTestPart() throws IOException {
    TinyFiles.pictures(folder.resolve("train"), 3);
    TinyFiles.pictures(folder.resolve("test"), 2);
    Cnnc.Result result = Cnnc.run("eval", model, "-w", weights, "-d", folder);
    assertThat(result.out()).contains("of 4 images");
  }

  @Test
  void anArchiveIsJudgedAsTheFolderIs() throws IOException {
    Path zip = folder.resolve("pictures.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        out.putNextEntry(
            new ZipEntry("pictures/" + data.relativize(file).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(file));
      }
    }
    assertThat(Cnnc.run("eval", model, "-w", weights, "-d", zip))
        .isEqualTo(Cnnc.run("eval", model, "-w", weights, "-d", data));
  }

  @Test
  void predictNamesPictures() throws IOException {
    RandomSource random = RandomSource.of(9);
    Path dark = TinyFiles.picture(folder.resolve("a.png"), true, random);
    Path light = TinyFiles.picture(folder.resolve("b.png"), false, random);
    Cnnc.Result result = Cnnc.run("predict", model, "--weights", weights, dark, light);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).startsWith(dark + ": dark ").contains(" %, light "),
            line -> assertThat(line).startsWith(light + ": light ").contains(" %, dark "));
  }

  @Test
  void predictCanBeReadByPrograms() throws IOException {
    Path dark = TinyFiles.picture(folder.resolve("a.png"), true, RandomSource.of(9));
    Cnnc.Result result = Cnnc.run("predict", model, "-w", weights, "--json", dark);
    assertThat(result.out())
        .matches(
            "\\{\"file\": \".*a.png\", \"answers\": \\[\\{\"label\": \"dark\", \"probability\":"
                + " 0\\.\\d{6}}, \\{\"label\": \"light\", \"probability\": 0\\.\\d{6}}]}\n");
  }

  @Test
  void aPictureThatIsTextIsReportedAndTheOthersAreAnswered() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "I am no picture");
    Path light = TinyFiles.picture(folder.resolve("b.png"), false, RandomSource.of(9));
    Path none = folder.resolve("none.png");
    Cnnc.Result result = Cnnc.run("predict", model, "-w", weights, text, none, light);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsExactly(
            "error: "
                + text
                + ": expected a PNG, JPEG, BMP or GIF picture, the content is none of them",
            "error: " + none + ": no such file or folder");
    assertThat(result.out()).startsWith(light + ": light ").hasLineCount(1);
  }

  @Test
  void truncatedWeightsAreAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    for (int length : new int[] {0, 5, 100, bytes.length - 1}) {
      Path cut = folder.resolve("cut.safetensors");
      Files.write(cut, java.util.Arrays.copyOf(bytes, length));
      Cnnc.Result result = Cnnc.run("eval", model, "--weights", cut, "--data", data);
      assertThat(result.exitCode()).as(length + " bytes").isEqualTo(1);
      assertThat(result.err()).startsWith("error: " + cut).hasLineCount(1);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void weightsOfAnotherNetworkAreAnError() throws IOException {
    Path other =
        TinyFiles.write(
            folder.resolve("other.net"), TinyFiles.CONVOLUTION.replace("conv(2,", "conv(3,"));
    Cnnc.Result result = Cnnc.run("eval", other, "--weights", weights, "--data", data);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: " + weights + ": expected weights of the model with hash ")
        .hasLineCount(1);
  }

  @Test
  void anEmptyFolderIsAnError() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cnnc.Result result = Cnnc.run("eval", model, "--weights", weights, "--data", empty);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: " + empty + ": expected").hasLineCount(1);
  }

  @Test
  void aBrokenPictureAmongTheDataIsAnErrorAndNothingIsWritten() throws IOException {
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 2);
    Path broken = Files.writeString(pictures.resolve("dark/x.png"), "I am no picture");
    Path out = folder.resolve("out.safetensors");
    Cnnc.Result result = Cnnc.train(model, pictures, out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: " + broken).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void brokenPicturesAreSkippedCountedAndNamed() throws IOException {
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 7);
    for (int i = 10; i < 22; i++) {
      Files.writeString(pictures.resolve("dark/x" + i + ".png"), "I am no picture");
    }
    Path out = folder.resolve("out.safetensors");
    Cnnc.Result trained = Cnnc.train(model, pictures, out, "--skip-bad", "--epochs", 1);
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.err())
        .startsWith(
            "warning: broken pictures left out: 12\n  " + pictures.resolve("dark/x10.png") + ": ")
        .contains("x19.png")
        .doesNotContain("x20.png")
        .contains("\n  and 2 more\n")
        .contains(" on 14 images");
    Cnnc.Result judged = Cnnc.run("eval", model, "-w", weights, "-d", pictures, "--skip-bad");
    assertThat(judged.out()).contains("(14 of 14 images)");
    assertThat(judged.err()).startsWith("warning: broken pictures left out: 12\n");
    Object[] toPrograms = {"eval", model, "-w", weights, "-d", pictures, "--skip-bad", "--json"};
    assertThat(Cnnc.run(toPrograms).out()).endsWith(", \"skipped\": 12}\n");

    for (int i = 22; i < 25; i++) {
      Files.writeString(pictures.resolve("dark/x" + i + ".png"), "I am no picture");
    }
    Cnnc.Result refused = Cnnc.run("eval", model, "-w", weights, "-d", pictures, "--skip-bad");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .endsWith(
            "error: "
                + pictures
                + ": expected at most half of the pictures to be broken, found 15 of 29\n");
  }

  /** Those of the data and those to judge by are counted together; without the option, none. */
  @Test
  void programsAreToldHowManyPicturesWereSkipped() throws IOException {
    Path learnt = TinyFiles.pictures(folder.resolve("learnt"), 4);
    Files.writeString(learnt.resolve("dark/x.png"), "I am no picture");
    Path judges = TinyFiles.pictures(folder.resolve("judges"), 4);
    Files.writeString(judges.resolve("dark/x.png"), "I am no picture");
    Files.writeString(judges.resolve("light/x.png"), "I am no picture");
    Path out = folder.resolve("out.safetensors");
    Object[] more = {"--validation", judges, "--epochs", 1, "--json", "--skip-bad"};
    assertThat(Cnnc.train(model, learnt, out, more).out())
        .contains("\"on\": \"validation images\", \"images\": 8, ")
        .endsWith(", \"skipped\": 3}\n");
    assertThat(Cnnc.run("eval", model, "-w", weights, "-d", data, "--json").out())
        .doesNotContain("skipped");
  }

  @Test
  void missingFilesAreNamed() {
    Path none = folder.resolve("none");
    assertThat(Cnnc.run("eval", model, "-w", none, "-d", data).err())
        .isEqualTo("error: " + none + ": no such file or folder\n");
    assertThat(Cnnc.run("eval", model, "-w", weights, "-d", none).err())
        .startsWith("error: " + none + ": ")
        .hasLineCount(1);
  }

  @Test
  void weightsBelowAFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Cnnc.Result result = Cnnc.train(model, data, file.resolve("out.safetensors"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: " + file).hasLineCount(1);
    assertThat(file).hasContent("mine");
  }
}
