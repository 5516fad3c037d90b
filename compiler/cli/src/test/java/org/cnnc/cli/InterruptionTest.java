package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, sent to a process of its own. */
@DisabledOnOs(OS.WINDOWS) // the signal is sent by kill
class InterruptionTest {
  /** Long enough to be stopped on the way; a fraction of a second altogether. */
  private static final int EPOCHS = 400;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void interruptedTrainingResumesToTheSameBytes() throws IOException, InterruptedException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Path data = TinyFiles.idx(folder.resolve("data"), 40);
    Path whole = folder.resolve("whole.safetensors");
    Path out = folder.resolve("my weights.safetensors");
    Path messages = folder.resolve("messages.txt");
    Object[] settings = {"--epochs", EPOCHS, "--threads", 2, "--validation", "0.2"};
    assertThat(Cnnc.train(model, data, whole, settings).exitCode()).isZero();

    Process process = start(messages, model, data, out, settings);
    interruptAfterFirstEpoch(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(messages)
        .content()
        .contains("weights: " + out)
        .contains("stopped; what is learnt is saved. To go on:\n  cnnc train ")
        .endsWith("'" + out + "' --epochs 400 --threads 2 --validation 0.2 --resume\n");
    assertThat(Safetensors.read(out).tensors()).containsKey("conv1.weight");
    assertThat(Files.mismatch(whole, out)).isNotNegative();

    List<Object> resume = new ArrayList<>(List.of(settings));
    resume.add("--resume");
    assertThat(Cnnc.train(model, data, out, resume.toArray()).exitCode()).isZero();
    assertThat(out).hasSameBinaryContentAs(whole);
  }

  private static Process start(Path messages, Path model, Path data, Path out, Object... settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("train", model.toString(), "--data", data.toString()));
    command.addAll(List.of("--out", out.toString()));
    for (Object setting : settings) {
      command.add(setting.toString());
    }
    return new ProcessBuilder(command).redirectError(messages.toFile()).start();
  }

  private static void interruptAfterFirstEpoch(Process process)
      throws IOException, InterruptedException {
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("epoch 1/400");
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
      while (lines.readLine() != null) {
        // Whoever reads to the end keeps the pipe open.
      }
    }
  }
}
