package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README of each sample tells its reader to type is typed, in the folder that the sample's
 * own build has made. Each test lists all commands of its README: one that nobody runs fails.
 */
class SampleReadmesTest {
  /** The builds of the samples, before these tests; {@code -q} changes what they print alone. */
  private static final List<String> BUILDS = List.of("mvn package", "mvn -q package");

  private static final Pattern ADDRESS = Pattern.compile("http://[^ ]+");
  private static final Pattern CURL =
      Pattern.compile(
          "curl -s -H 'Content-Type: (?<type>[^']+)'"
              + " (-d '(?<data>[^']+)'|--data-binary @(?<file>[^ ]+))"
              + " localhost:8080(?<path>/[^ ]+) -o values.safetensors");

  @TempDir private Path folder;

  @Test
  void activations() throws Exception {
    SampleReadme readme = new SampleReadme("activations");
    String compare = "java -jar target/activations-1.0.jar curves.png";
    assertThat(readme.commands()).containsExactly(BUILDS.get(1), compare);
    FewDigits few = FewDigits.of(readme.folder().resolve("data"), 60);
    Path data = few.write(folder.resolve("few")); // another folder, as the README says
    String said = readme.run(compare + " " + data);
    assertThat(said.lines().map(line -> line.replaceAll("  loss [0-9.]+$", "").strip()))
        .startsWith("Sigmoid", "Tanh", "Leaky ReLU", "Mish", "ReLU")
        .endsWith("The curves: curves.png");
    assertThat(ImageIO.read(readme.folder().resolve("curves.png").toFile()).getWidth())
        .isEqualTo(1000);
  }

  @Test
  void byHand() throws Exception {
    SampleReadme readme = new SampleReadme("by-hand");
    String print = "java -jar target/by-hand-1.0.jar";
    assertThat(readme.commands()).containsExactly(BUILDS.get(1), print);
    assertThat(readme.run(print)).contains(readme.blocks().get(1));
  }

  /** "Change the numbers in ByHand.java, do it on paper, and see whether you agree." */
  @Test
  void byHandWithOtherNumbers() throws Exception {
    Path sample = new SampleReadme("by-hand").folder();
    String source =
        Files.readString(sample.resolve("src/main/java/org/example/byhand/ByHand.java"));
    assertThat(source).contains("    2, 0, 4, 1,\n", "{2, 1, 0}");
    Path changed = folder.resolve("ByHand.java");
    Files.writeString(
        changed,
        source
            .replace("    2, 0, 4, 1,\n", "    9, 0, 4, -1,\n")
            .replace("{2, 1, 0}", "{0, 0, 0}"));
    String others =
        sample.resolve("target/classes") + File.pathSeparator + sample.resolve("target/lib");
    AppBuild.run(
        "javac",
        "-d",
        folder.toString(),
        "-cp",
        others + File.separator + "cnnc-runtime.jar",
        changed.toString());
    String classpath = folder + File.pathSeparator + others + File.separator + "*";
    assertThat(outputOf(JavaProcess.ofClass(classpath, "org.example.byhand.ByHand")).lines())
        .contains(
            "   window 1: max(9, 0, 1, 1) -> 9   mean: (9 + 0 + 1 + 1) / 4 -> 2.75",
            "   window 2: max(4, -1, 2, 1) -> 4   mean: (4 + -1 + 2 + 1) / 4 -> 1.50",
            "   person  score 0   e^0 = 1.0000   1.0000 / 3.0000 -> 0.3333");
  }

  @Test
  void digits() throws Exception {
    SampleReadme readme = new SampleReadme("digits");
    String learn = "java -jar target/digits-1.0.jar data target/digits.safetensors";
    String train = readme.commands().get(2);
    assertThat(readme.commands()).containsExactly(BUILDS.get(1), learn, train);
    assertThat(readme.run(learn)).containsPattern("reads 1[6-9][0-9] of 200 digits");
    assertThat(train).startsWith("cnnc train ").endsWith(" --report target/report.html");
    // Of an earlier run of this test: the command replaces no weights unless it is told to.
    Files.deleteIfExists(readme.folder().resolve("target/of-the-command.safetensors"));
    readme.run(train);
    assertThat(readme.folder().resolve("target/report.html")).content().contains("<html");
  }

  /** "Name the folder with its four files, zipped or not": the same digits, the same weights. */
  @Test
  void digitsOfAnotherFolder() throws Exception {
    SampleReadme readme = new SampleReadme("digits");
    FewDigits few = FewDigits.of(readme.folder().resolve("data"), 40);
    Path plain = learnFrom(few.write(folder.resolve("plain")));
    Path zipped = learnFrom(few.writeZipped(folder.resolve("zipped")));
    assertThat(plain).hasSameBinaryContentAs(zipped);
  }

  private Path learnFrom(Path data) throws IOException, InterruptedException {
    Path weights = folder.resolve(data.getFileName() + ".safetensors");
    String said =
        new SampleReadme("digits").run("java -jar target/digits-1.0.jar " + data + " " + weights);
    assertThat(said).containsPattern("reads [0-9]+ of 40 digits of the test part");
    return weights;
  }

  @Test
  void housePersonTree() throws Exception {
    SampleReadme readme = new SampleReadme("house-person-tree");
    List<String> commands = readme.commands();
    assertThat(commands).hasSize(7).startsWith(BUILDS.get(0));
    for (String file : List.of("house.png", "tree.jpg")) {
      BufferedImage black = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(
          black, file.substring(file.length() - 3), readme.folder().resolve(file).toFile());
    }
    String classify = "java -jar target/house-person-tree-1.0.jar house.png tree.jpg";
    assertThat(commands.get(1)).isEqualTo(classify);
    assertThat(readme.run(classify).lines())
        .hasSize(2)
        .allMatch(line -> line.matches("(house.png|tree.jpg): (house|person|tree) [0-9.]+ %"));
    assertThat(commands.subList(2, 5))
        .as("what TrainedWeightsTest runs, in another folder: it takes half a minute")
        .containsExactly(
            "java -cp \"target/house-person-tree-1.0.jar:target/lib/*\""
                + " org.example.pictures.PictureGenerator target/pictures",
            "cnnc train src/main/cnnc/HousePersonTree.net --data target/pictures"
                + " --out target/HousePersonTree.safetensors",
            "cp target/HousePersonTree.safetensors src/main/resources/org/example/pictures/");
    readme.run(commands.get(5));
    assertThat(commands.get(6))
        .isEqualTo("cp target/to-read/org/example/pictures/*.java generated/");
    assertThat(names(readme.folder().resolve("target/to-read/org/example/pictures")))
        .containsExactlyElementsOf(names(readme.folder().resolve("generated")));
  }

  private static List<String> names(Path folder) {
    return Stream.of(folder.toFile().list()).sorted().toList();
  }

  /** The server answers what curl would send, and is ended. */
  @Test
  void sketchpad() throws Exception {
    SampleReadme readme = new SampleReadme("sketchpad");
    String serve = "java -jar target/sketchpad-1.0.jar";
    List<String> commands = readme.commands();
    assertThat(commands).hasSize(6).startsWith(BUILDS.get(0), serve);
    String options = " --port 0 --symbols " + folder.resolve("symbols.json");
    Process server = readme.process(serve + options).builder().start();
    try (BufferedReader said = server.inputReader()) {
      Matcher address = ADDRESS.matcher(said.readLine());
      assertThat(address.find()).isTrue();
      assertThat(answer(commands.get(2), address.group())).isEqualTo("1");
      drawOne(folder.resolve("digit.png"));
      assertThat(answer(commands.get(3), address.group())).isEqualTo("1");
    } finally {
      server.destroy();
      server.waitFor();
    }
    for (String train : commands.subList(4, 6)) { // with MNIST, which is not here
      JavaProcess.Result result = readme.process(train).run();
      assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
      assertThat(result.output()).contains("mnist: expected data");
    }
  }

  /** What the server reads in a drawing or picture that a command sends. */
  private String answer(String curl, String address) throws IOException, InterruptedException {
    Matcher command = CURL.matcher(curl);
    assertThat(command.matches()).as(curl).isTrue();
    String data = command.group("data");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address).resolve(command.group("path")))
            .header("Content-Type", command.group("type"))
            .POST(
                data == null
                    ? BodyPublishers.ofFile(folder.resolve(command.group("file")))
                    : BodyPublishers.ofString(data))
            .build();
    byte[] reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
    return Safetensors.read(reply, "reply").metadata().get("answer");
  }

  private static void drawOne(Path file) throws IOException {
    BufferedImage paper = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = paper.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 100, 100);
    pen.setColor(Color.BLACK);
    pen.fillRect(46, 10, 8, 80);
    pen.dispose();
    ImageIO.write(paper, "png", file.toFile());
  }
}
