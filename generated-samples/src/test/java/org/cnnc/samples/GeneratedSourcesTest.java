package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE_PROJECT;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSourcesTest {
  @TempDir private Path folder;

  @Test
  void theSourcesToReadAreWhatTheCompilerWritesToday() throws Exception {
    outputOf(
        JavaProcess.cnnc(
            HOUSE_PERSON_TREE_PROJECT.network().toString(),
            "--emit",
            "source",
            "--package",
            "org.example.pictures",
            "--output",
            folder.toString()));
    Map<String, String> today = sources(folder.resolve("org/example/pictures"));
    Path checkedIn = HOUSE_PERSON_TREE_PROJECT.generatedSources();
    if (BuiltSamples.blessing()) {
      Files.createDirectories(checkedIn);
      for (String old : sources(checkedIn).keySet()) {
        Files.delete(checkedIn.resolve(old));
      }
      for (Map.Entry<String, String> source : today.entrySet()) {
        Files.writeString(checkedIn.resolve(source.getKey()), source.getValue());
      }
    }
    assertThat(today)
        .containsKeys("HousePersonTreePrediction.java", "HousePersonTreeTraining.java");
    assertThat(sources(checkedIn))
        .as("where the change is wanted, run with -Dcnnc.bless=true and look at the difference")
        .isEqualTo(today);
  }

  /** Name and text of each file in a folder. */
  private static Map<String, String> sources(Path folder) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sources.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return sources;
  }
}
