package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Observed;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of the language's reference is compiled, and trains for a step. */
final class LanguageExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> everyExampleCompilesAndRuns() throws IOException {
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(reference()))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(examples).hasSizeGreaterThan(10);
    return examples.stream().map(text -> DynamicTest.dynamicTest(name(text), () -> check(text)));
  }

  private static String name(String text) {
    return text.lines().filter(line -> line.startsWith("network")).findFirst().orElse(text);
  }

  private static void check(String text) throws IOException {
    CompilationResult result = Texts.compile("LANGUAGE.md", text, CompilerOptions.DEFAULT);
    assertThat(result.diagnostics()).isEmpty();
    Observed training =
        Observed.training(
            Backend.BYTECODE.load(result.program(ProgramKind.TRAINING)),
            Texts.classes(result),
            1,
            1);
    assertThat(training.lossesAreFinite()).isTrue();
  }

  /** Maven's tests run in the module's folder; others may run in a folder above. */
  private static Path reference() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Stream.iterate(Optional.of(start), Optional::isPresent, at -> at.map(Path::getParent))
        .map(Optional::orElseThrow)
        .map(folder -> folder.resolve("grammar").resolve("LANGUAGE.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
