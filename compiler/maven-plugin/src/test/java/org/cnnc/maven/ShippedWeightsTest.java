package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedWeightsTest {
  @TempDir Path folder;
  private final List<String> messages = new ArrayList<>();
  private NetworkFile file;
  private NetworkGraph network;

  @BeforeEach
  void read() throws Exception {
    Path text =
        Path.of(
            getClass().getResource("/projects/app/src/main/cnnc/org/example/Stripes.net").toURI());
    file = new NetworkFile(text, Path.of("org/example/Stripes.net"), "org.example");
    network = Compiler.check(SourceFile.read(text), new DiagnosticLog()).orElseThrow();
  }

  @Test
  void theFirstFolderThatHasThemCounts() throws IOException {
    write(folder.resolve("two/org/example/Stripes.safetensors"), Map.of("of", "two"));
    write(folder.resolve("three/org/example/Stripes.safetensors"), Map.of("of", "three"));
    assertThat(metadata(Optional.empty())).isEqualTo(Map.of("of", "two"));
    assertThat(messages).isEmpty();
  }

  @Test
  void theNamedOnesReplaceThem() throws IOException {
    Path named = folder.resolve("named.safetensors");
    write(folder.resolve("two/org/example/Stripes.safetensors"), Map.of("of", "two"));
    assertThat(metadata(Optional.of(named))).isEmpty();
    assertThat(messages).singleElement().asString().contains("no such weights yet");
    messages.clear();
    write(named, Map.of(Parameters.HASH_KEY, TuningFile.hashOf(network)));
    assertThat(metadata(Optional.of(named))).containsOnlyKeys(Parameters.HASH_KEY);
    assertThat(messages).isEmpty();
  }

  @Test
  void thoseOfAnotherModelAreLeftOut() throws IOException {
    Path weights = folder.resolve("one/org/example/Stripes.safetensors");
    write(weights, Map.of(Parameters.HASH_KEY, "abc"));
    assertThat(metadata(Optional.empty())).isEmpty();
    assertThat(messages)
        .containsExactly(
            "info: " + weights + ": not of Stripes as it is now, left out of its comment");
  }

  @Test
  void brokenOnesAreAWarning() throws IOException {
    Path weights = folder.resolve("one/org/example/Stripes.safetensors");
    Files.createDirectories(weights.getParent());
    Files.writeString(weights, "version https://git-lfs.github.com/spec/v1\n");
    assertThat(metadata(Optional.empty())).isEmpty();
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0)).startsWith("warn: " + weights);
  }

  private Map<String, String> metadata(Optional<Path> named) throws IOException {
    List<Path> folders =
        List.of(folder.resolve("one"), folder.resolve("two"), folder.resolve("three"));
    return new ShippedWeights(new Messages(), named, folders).metadata(file, network);
  }

  private static void write(Path weights, Map<String, String> metadata) throws IOException {
    Files.createDirectories(weights.getParent());
    new Safetensors("Stripes", metadata, Map.of()).write(weights);
  }

  private final class Messages extends SystemStreamLog {
    @Override
    public void info(CharSequence message) {
      messages.add("info: " + message);
    }

    @Override
    public void warn(CharSequence message) {
      messages.add("warn: " + message);
    }
  }
}
