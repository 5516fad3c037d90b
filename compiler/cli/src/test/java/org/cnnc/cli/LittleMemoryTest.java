package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs and data that Java's heap has no room for: named as what they are, with what helps. */
class LittleMemoryTest {
  /** 4,096 images of 64 KB, 268 MB, are there at once. */
  private static final String MODEL =
      TinyFiles.CONVOLUTION.replace("image[1, 8, 8]", "image[1, 128, 128]");

  private static final Pattern NOT_ENOUGH =
      Pattern.compile(
          "error: not enough memory: the training program needs (?<needed>[0-9,]+) bytes for a batch"
              + " of 4096, Java's heap has at most (?<there>[0-9,]+); a smaller --batch needs less,"
              + " JAVA_TOOL_OPTIONS=-Xmx1g allows more\n");

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void anArenaBeyondTheHeapIsSaidPlainly() throws IOException, InterruptedException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), MODEL);
    Path data = TinyFiles.idx(folder.resolve("data"), 8);
    Path out = folder.resolve("tiny.safetensors");
    List<Object> command = List.of("train", model, "--data", data, "--out", out);
    Cnnc.Result refused = run(command, "--batch", 4096);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    Matcher message = NOT_ENOUGH.matcher(refused.err());
    assertThat(message.matches()).as(refused.err()).isTrue();
    long images = 4096L * 128 * 128 * Float.BYTES;
    assertThat(bytes(message.group("needed"))).isBetween(images, 2 * images);
    assertThat(bytes(message.group("there"))).isBetween(60L << 20, 64L << 20);
    assertThat(folder).isDirectoryNotContaining("glob:**.safetensors");

    Cnnc.Result smaller = run(command, "--batch", 16);
    assertThat(smaller.exitCode()).as(smaller.err()).isZero();
    assertThat(out).isRegularFile();
  }

  private static long bytes(String withCommas) {
    return Long.parseLong(withCommas.replace(",", ""));
  }

  /**
   * What is refused would certainly not fit: all that is planned, and heads of arrays, is
   * allocated.
   */
  @Test
  void programsTakeAllTheMemoryThatIsPlanned() throws Exception {
    Path file = TinyFiles.write(folder.resolve("tiny.net"), MODEL);
    Model model = Model.read(file);
    for (ProgramKind kind : ProgramKind.values()) {
      CompilerOptions options = CompilerOptions.DEFAULT.withBatch(128).withPrograms(kind);
      CompilationResult compiled = model.compile(options.forJava(17));
      InMemoryPrograms programs = new InMemoryPrograms(compiled);
      programs.create(kind).newScratch(); // their classes are loaded
      long before = allocated();
      Program.Scratch scratch = programs.create(kind).newScratch();
      long bytes = compiled.program(kind).memory().bytes();
      assertThat(allocated() - before).as("%s", kind).isBetween(bytes, bytes + bytes / 4);
      assertThat(scratch).isNotNull();
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  @Timeout(120)
  void aPredictionBeyondTheHeapHasNoAdviceOnBatches() throws IOException, InterruptedException {
    String large =
        """
        network Large {
            input image[1, 4096, 4096];
            scores = image -> flatten -> fc(3);
            output answer = scores -> softmax;
            loss cross_entropy(answer);
        }
        """;
    Path model = TinyFiles.write(folder.resolve("large.net"), large);
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 1);
    Cnnc.Result refused = run(List.of("data", pictures, model));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .matches(
            "error: not enough memory: the prediction program needs 5[0-9]{2},[0-9,]{7} bytes,"
                + " Java's heap has at most 6[0-9],[0-9,]{7}; JAVA_TOOL_OPTIONS=-Xmx2g allows"
                + " more\n");
  }

  /** A picture whose 18 million pixels are four bytes each as it is decoded. */
  @Test
  @Timeout(120)
  void dataBeyondTheHeapAreNamed() throws IOException, InterruptedException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Path data = TinyFiles.pictures(folder.resolve("pictures"), 2);
    BufferedImage large = new BufferedImage(4200, 4200, BufferedImage.TYPE_BYTE_BINARY);
    ImageIO.write(large, "png", data.resolve("dark/large.png").toFile());
    Path out = folder.resolve("tiny.safetensors");
    for (List<Object> command :
        List.of(
            List.<Object>of("train", model, "--data", data, "--out", out),
            List.<Object>of("data", data))) {
      Cnnc.Result refused = run(command);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .matches(
              "error: \\Q"
                  + data
                  + "\\E: not enough memory to read the data \\(Java heap space\\), Java's memory is at"
                  + " most 6[0-9]{7} bytes; give it more, with -Xmx in JAVA_TOOL_OPTIONS\n");
    }
    assertThat(out).doesNotExist();
  }

  private Cnnc.Result run(List<Object> command, Object... more)
      throws IOException, InterruptedException {
    Path results = folder.resolve("results.txt");
    Path messages = folder.resolve("messages.txt");
    List<String> words = Cnnc.inItsOwnProcess("-Xmx64m");
    command.forEach(word -> words.add(word.toString()));
    for (Object word : more) {
      words.add(word.toString());
    }
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(results.toFile())
            .redirectError(messages.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Cnnc.Result(
        process.exitValue(), Files.readString(results), Files.readString(messages));
  }
}
