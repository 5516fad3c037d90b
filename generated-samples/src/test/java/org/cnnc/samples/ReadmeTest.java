package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README says of a classifier in an app is compiled, and run. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

  /** Options that name folders to write to. */
  private static final List<String> OUTPUTS = List.of("-o", "--test");

  /** For photographs, which a decoder of the JDK does not turn. */
  private static final String OF_A_FILE = "model.classify(PictureFiles.read(file))";

  private static final Pattern SPACE = Pattern.compile(" ");

  @TempDir private Path folder;

  @Test
  void commandsOfTheSectionOnAppsRun() throws Exception {
    List<String> commands =
        blocks("").stream().flatMap(String::lines).filter(l -> l.startsWith("cnnc ")).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
    for (String command : commands) {
      outputOf(JavaProcess.cnnc(arguments(command)));
    }
    assertThat(folder.resolve("src/main/java/org/example/HousePersonTree.java"))
        .content()
        .contains("Compiled for these weights:");
  }

  /** The command's words, with the files that it reads and writes put in their places. */
  private String[] arguments(String command) {
    List<String> words = new ArrayList<>();
    for (String word : (Iterable<String>) SPACE.splitAsStream(command)::iterator) {
      if (word.endsWith(".net")) {
        words.add(HOUSE_PERSON_TREE.network().toString());
      } else if (word.endsWith(".safetensors")) {
        words.add(HOUSE_PERSON_TREE.weights().toString());
      } else if (!words.isEmpty() && OUTPUTS.contains(words.get(words.size() - 1))) {
        words.add(folder.resolve(word).toString());
      } else {
        words.add(word);
      }
    }
    return words.subList(1, words.size()).toArray(new String[0]);
  }

  @Test
  void javaOfTheSectionOnAppsRuns() throws Exception {
    assertThat(section()).contains("`" + OF_A_FILE + "`");
    List<String> snippets = blocks("java");
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
    Path sources = folder.resolve("sources");
    outputOf(
        JavaProcess.cnnc(
            HOUSE_PERSON_TREE.network().toString(), "--package", "app", "-o", sources.toString()));
    Path inPackage = sources.resolve("app");
    Files.writeString(inPackage.resolve("Main.java"), mainClass(snippets));
    String classpath =
        AppBuild.artifact("cnnc-runtime") + File.pathSeparator + AppBuild.artifact("cnnc-training");
    Path classes = folder.resolve("classes");
    AppBuild.run(
        "javac",
        "--release",
        "17",
        "-cp",
        classpath,
        "-sourcepath",
        sources.toString(),
        "-d",
        classes.toString(),
        inPackage.resolve("Main.java").toString());
    Files.copy(
        HOUSE_PERSON_TREE.weights(), classes.resolve("app").resolve("HousePersonTree.safetensors"));
    Path learnt = folder.resolve("learnt.safetensors");
    String said =
        outputOf(
            JavaProcess.ofClass(
                classes + File.pathSeparator + classpath,
                "app.Main",
                learnt.toString(),
                picture().toString()));
    assertThat(said).isEqualTo("done\n");
    assertThat(learnt).isNotEmptyFile();
  }

  private Path picture() throws IOException {
    Path file = folder.resolve("black.png");
    ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  private static String mainClass(List<String> snippets) {
    return """
        package app;

        import java.nio.file.Path;
        import java.util.List;
        import org.cnnc.runtime.Picture;
        import org.cnnc.training.Lesson;
        import org.cnnc.training.data.PictureFiles;

        final class Main {
          public static void main(String[] arguments) throws Exception {
            int width = 50;
            int height = 40;
            int[] argb = new int[width * height];
            List<Picture> pictures = List.of(new Picture(argb, width, height));
            Path file = Path.of(arguments[0]);
        """
        + String.join("\n", snippets)
        + """
            answerFor(model, Path.of(arguments[1])).label();
            System.out.print("done\\n");
          }

          private static HousePersonTree.Answer answerFor(HousePersonTree model, Path file)
              throws Exception {
            return %s;
          }
        }
        """
            .formatted(OF_A_FILE);
  }

  /** What stands in the section's blocks of a language. */
  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(section())
        .results()
        .filter(found -> found.group(1).equals(language))
        .map((MatchResult found) -> found.group(2))
        .toList();
  }

  private static String section() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("\n## In an app\n");
    return readme.substring(start, readme.indexOf("\n## ", start + 1));
  }
}
