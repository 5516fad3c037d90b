package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Images on disk instead of in memory: by wish, and in processes that have no memory for them. */
class DataOnDiskTest {
  private static final String COLOURS =
      """
      network Colours {
          input image[3, 32, 32];
          scores = image -> flatten -> fc(10);
          output answer = scores -> softmax;
          loss cross_entropy(answer);
          train { optimizer = sgd(rate = 0.001); batch = 32; epochs = 1; }
      }
      """;

  private static final int BATCHES = 5;

  @TempDir private Path folder;
  private Path files;
  private Path model;
  private Path data;
  private Path out;

  @BeforeEach
  void writeFiles() throws IOException {
    files = Files.createDirectory(folder.resolve("files"));
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    data = TinyFiles.idx(folder.resolve("data"), 48);
    out = folder.resolve("tiny.safetensors");
  }

  private List<Path> filesThere() throws IOException {
    try (Stream<Path> there = Files.list(files)) {
      return there.toList();
    }
  }

  /** Classes that colours tell apart, in the form of CIFAR-10. */
  private static Path cifar(Path folder, int imagesEach) throws IOException {
    Files.createDirectory(folder);
    RandomSource random = RandomSource.of(9);
    byte[] noise = new byte[1 << 16];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt(100);
    }
    for (int batch = 1; batch <= BATCHES; batch++) {
      Path file = folder.resolve("data_batch_" + batch + ".bin");
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
        for (int i = 0; i < imagesEach; i++) {
          stream.write(random.nextInt(10));
          stream.write(noise, random.nextInt(noise.length - 3072), 3072);
        }
      }
    }
    return folder;
  }

  @Test
  void weightsAreTheSameOnDiskAndInMemory() throws IOException {
    Path there = folder.resolve("memory.safetensors");
    Object[] settings = {"--validation", "0.25", "--epochs", 3};
    Cnnc.Result memory = Cnnc.train(model, data, there, settings);
    assertThat(memory.exitCode()).as(memory.err()).isZero();
    assertThat(memory.err()).doesNotContain("on disk");
    Cnnc.Result disk = Cnnc.train(model, data, out, onDisk(settings));
    assertThat(disk.exitCode()).as(disk.err()).isZero();
    assertThat(disk.err())
        .contains(
            "train-images-idx3-ubyte.gz: 48 images of 64 bytes are kept on disk while this runs,"
                + " 3,072 bytes in "
                + files
                + "\n");
    assertThat(out).hasSameBinaryContentAs(there);
    assertThat(filesThere()).isEmpty();

    assertThat(judged(there).out()).contains("accuracy");
    assertThat(judged(there, "--data-in", "disk", "--data-folder", files).out())
        .isEqualTo(judged(there).out());
    Cnnc.Result again =
        Cnnc.run(
            "train",
            model,
            "--data",
            data,
            "--validation",
            "0.25",
            "--reproduce",
            there,
            "--data-in",
            "disk");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains(": reproduced: the same ");
  }

  private Object[] onDisk(Object... more) {
    List<Object> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--data-in", "disk", "--data-folder", files));
    return all.toArray();
  }

  private Cnnc.Result judged(Path weights, Object... more) {
    List<Object> all = new ArrayList<>(List.of("eval", model, "--weights", weights));
    all.addAll(List.of("--data", data));
    all.addAll(List.of(more));
    return Cnnc.run(all.toArray());
  }

  @Test
  void aRunOnDiskIsResumedToTheSameBytes() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(Cnnc.train(model, data, whole, "--epochs", 3).exitCode()).isZero();
    Cnnc.Result first = Cnnc.train(model, data, out, onDisk("--epochs", 3, "--minutes", 1e-9));
    assertThat(first.err()).contains("the time is up; what is learnt is saved");
    assertThat(Safetensors.readMetadata(out)).containsEntry("cnnc.images", "8");
    assertThat(Cnnc.train(model, data, out, onDisk("--epochs", 3, "--resume")).exitCode()).isZero();
    assertThat(out).hasSameBinaryContentAs(whole);
  }

  @Test
  void foldersThatDoNotDoAreRefusedBeforeTraining() throws IOException {
    Path absent = folder.resolve("absent");
    Cnnc.Result result = Cnnc.train(model, data, out, "--data-in", "disk", "--data-folder", absent);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: " + absent + ": expected a folder to keep images in, there is none\n");
    assertThat(out).doesNotExist();
    Cnnc.Result word = Cnnc.train(model, data, out, "--data-in", "heap");
    assertThat(word.exitCode()).isEqualTo(2);
    assertThat(word.err()).contains("expected auto or memory or disk, found 'heap'");
  }

  private Process start(Path messages, List<String> vm, List<Object> arguments) throws IOException {
    List<String> command = Cnnc.inItsOwnProcess(vm.toArray(String[]::new));
    arguments.forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command).redirectError(messages.toFile()).start();
  }

  @Test
  @Timeout(300)
  void dataLargerThanTheHeapAreLearnt() throws IOException, InterruptedException {
    Path network = TinyFiles.write(folder.resolve("colours.net"), COLOURS);
    Path large = cifar(folder.resolve("large"), 9800); // 150,577,000 bytes
    Path messages = folder.resolve("messages.txt");
    List<Object> arguments =
        List.of(
            "train",
            network,
            "--data",
            large,
            "--validation",
            "last:1000",
            "--threads",
            2,
            "--out",
            out,
            "--data-folder",
            files);
    List<Object> withoutDisk = new ArrayList<>(arguments);
    withoutDisk.addAll(List.of("--data-in", "memory"));
    Process refused = start(messages, List.of("-Xmx64m"), withoutDisk);
    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(1);
    assertThat(messages)
        .content()
        .startsWith("error: " + large + ": holds 151704000 bytes of images, Java's memory is at");

    Process process = start(messages, List.of("-Xmx64m"), arguments);
    String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(messages);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .contains(
            large
                + ": 49,000 images of 3,072 bytes would fill Java's memory; they are kept on disk"
                + " while this runs, 150,528,000 bytes in "
                + files
                + "\n");
    assertThat(lines).startsWith("epoch 1/1").contains("of 1,000 validation images");
    assertThat(filesThere()).isEmpty();

    // Here is memory enough.
    Path there = folder.resolve("memory.safetensors");
    Cnnc.Result memory =
        Cnnc.train(network, large, there, "--validation", "last:1000", "--data-in", "memory");
    assertThat(memory.exitCode()).as(memory.err()).isZero();
    assertThat(out).hasSameBinaryContentAs(there);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a file that is open cannot be unlinked there
  @Timeout(120)
  void aKilledProcessLeavesNoFile() throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("train", model, "--data", data));
    arguments.addAll(List.of("--out", out, "--epochs", 1_000_000));
    arguments.addAll(List.of(onDisk()));
    Process process = start(folder.resolve("messages.txt"), List.of(), arguments);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).startsWith("epoch 1/");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(folder.resolve("messages.txt")).content().contains("are kept on disk");
    assertThat(filesThere()).isEmpty();
  }

  /** A limit on the size of files stands for a disk that others fill meanwhile. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // the limit is set by a POSIX shell
  @Timeout(120)
  void aDiskThatFillsUpIsNamed() throws IOException, InterruptedException {
    Path network = TinyFiles.write(folder.resolve("colours.net"), COLOURS);
    Path images = cifar(folder.resolve("images"), 1000);
    Path messages = folder.resolve("messages.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "ulimit -f 8192; exec \"$@\"", "sh", java));
    command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "train", network.toString()));
    command.addAll(List.of("--data", images.toString(), "--out", out.toString()));
    for (Object word : onDisk()) {
      command.add(word.toString());
    }
    Process process = new ProcessBuilder(command).redirectError(messages.toFile()).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(messages)
        .content()
        .contains("error: " + files + ": not all images can be kept here: ")
        .endsWith(
            "; another folder for them is chosen by --data-folder (Maven: dataFolder), or by"
                + " -Djava.io.tmpdir\n");
    assertThat(filesThere()).isEmpty();
    assertThat(out).doesNotExist();
  }
}
