package org.cnnc.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Text files that tests compare with; {@code -Dcnnc.bless=true} writes them anew. */
public final class Corpus {
  private static final Path ROOT = Path.of("src/test/resources/corpus");

  private Corpus() {}

  /** The {@code .net} files of a topic, in the order of their names. */
  public static List<Path> cases(String topic) {
    try (Stream<Path> files = Files.list(ROOT.resolve(topic))) {
      return files.filter(file -> file.toString().endsWith(".net")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One test a case: what {@code actual} makes of it is what its sibling file says. */
  public static Stream<DynamicTest> tests(
      String topic, String extension, Function<Path, String> actual) {
    return cases(topic).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    file.toUri(),
                    () -> compare(sibling(file, extension), actual.apply(file))));
  }

  /** {@code conv.net} to {@code conv.err}. */
  public static Path sibling(Path file, String extension) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + "." + extension);
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(Path expected, String actual) throws IOException {
    if (Boolean.getBoolean("cnnc.bless")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual)
        .as("%s, which -Dcnnc.bless=true writes anew; then review the difference", expected)
        .isEqualTo(Files.exists(expected) ? read(expected) : "");
  }
}
