package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a JVM loads from its start to the first prediction. The first lambda, stream or joined
 * string of a program makes it load some hundred classes, and took more than half of the time.
 */
final class ColdStartTest {
  @TempDir private Path folder;

  @Test
  void firstPredictionMakesNoClassesAtRunTime() throws Exception {
    Path weights = folder.resolve("weights.safetensors");
    float[] values = new float[24];
    values[8] = 1; // the second class
    new Safetensors("", Map.of(), Map.of("fc1.weight", Tensor.of(List.of(3, 8), values)))
        .write(weights);

    assertThat(run(weights)).isEqualTo("1");
    assertThat(Files.readAllLines(folder.resolve("classes.txt"), StandardCharsets.UTF_8))
        .anyMatch(line -> line.contains(SafetensorsReader.class.getName()))
        .noneMatch(line -> line.contains("java.util.stream."))
        .noneMatch(line -> line.contains("org.cnnc") && line.contains("Lambda"))
        .noneMatch(line -> line.contains("StringConcat/") || line.contains("StringConcat$"));
  }

  /** Runs the app in a JVM of its own, in the folder, and returns what it prints. */
  private String run(Path weights) throws IOException, InterruptedException {
    Path answer = folder.resolve("answer.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=classes.txt",
                "-cp",
                location(Safetensors.class) + File.pathSeparator + location(getClass()),
                FirstPrediction.class.getName(),
                weights.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    process.waitFor();
    return Files.readString(answer).strip();
  }

  private static Path location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
