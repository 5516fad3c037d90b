package org.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.check.DataCheck;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.format.Formatter;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * DIAGNOSTICS.md has for every code a file that causes it and nothing else, exactly what is said
 * then, and the file mended. {@code -Dcnnc.bless=true} writes the messages anew.
 */
class DiagnosticReferenceTest {
  private static final Path PAGE = Path.of("../DIAGNOSTICS.md");
  private static final Pattern FILE = block("net");
  private static final Pattern MESSAGE = block("text");

  private static final String RIGHT =
      """
      network Demo {
          input image[3, 8, 8];
          scores = image -> flatten -> fc(10);
          output label = scores -> softmax;
          loss cross_entropy(label);
          train { batch = 32; }
      }
      """;

  /** Codes whose files are too long for the page, or that need more than a file. */
  private static final Map<DiagnosticCode, Supplier<List<Diagnostic>>> MADE =
      new EnumMap<>(
          Map.of(
              DiagnosticCode.NESTED_TOO_DEEPLY,
              () -> found("network Demo {\n    deep = " + "-".repeat(201) + "1;\n}\n"),
              DiagnosticCode.FILE_TOO_LARGE,
              () -> found(RIGHT + "\n".repeat(SourceFile.MAXIMUM_BYTES)),
              DiagnosticCode.NOT_UTF8,
              () -> found("// Gr\uDCF6\uDCDFe\n" + RIGHT),
              DiagnosticCode.TOO_MANY_LAYERS,
              () -> found(RIGHT.replace("flatten", "flatten" + "\n        -> relu".repeat(10_000))),
              DiagnosticCode.CLASS_TOO_LARGE,
              () ->
                  compiled(
                      RIGHT.replace(
                          "image ->",
                          "image"
                              + "\n        -> conv(1, kernel = 1) -> relu".repeat(1300)
                              + "\n        ->")),
              DiagnosticCode.LABEL_TOO_LONG,
              () ->
                  found(
                      RIGHT
                          .replace(
                              "softmax;",
                              "softmax labels (\"cat\", \"" + "dog".repeat(334) + "\");")
                          .replace("fc(10)", "fc(2)")),
              DiagnosticCode.DATA_CLASSES,
              () -> List.of(DataCheck.classes(right(), 3).orElseThrow()),
              DiagnosticCode.TUNING_DOES_NOT_FIT,
              () ->
                  List.of(
                      TuningFile.read(right(), "model.tune", "version 2\nhash 0\n")
                          .warning()
                          .orElseThrow()),
              DiagnosticCode.BATCH_BEYOND_DATA,
              () -> List.of(DataCheck.batch(right(), 20).orElseThrow())));

  private static Pattern block(String kind) {
    return Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  }

  @TestFactory
  Stream<DynamicTest> everyCodeHasAnEntryThatIsTrue() throws IOException {
    if (Boolean.getBoolean("cnnc.bless")) {
      bless();
    }
    Map<String, String> entries = DiagnosticReference.entriesOf(Files.readString(PAGE));
    return Arrays.stream(DiagnosticCode.values())
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.id() + " " + code, () -> check(code, entries.get(code.id()))));
  }

  private static void check(DiagnosticCode code, String entry) {
    assertThat(entry).as("the entry of " + code.id()).isNotNull().contains("\nFix: ");
    List<Diagnostic> found = diagnostics(code, entry);
    assertThat(found).extracting(Diagnostic::code).containsExactly(code);
    assertThat(new TextRenderer(false).render(found)).isEqualTo(last(MESSAGE, entry));
    String mended = last(FILE, entry);
    assertThat(found(mended)).as(mended).isEmpty();
    assertThat(Formatter.format(new SourceFile("model.net", mended), new DiagnosticLog()))
        .contains(mended);
  }

  private static List<Diagnostic> diagnostics(DiagnosticCode code, String entry) {
    Supplier<List<Diagnostic>> made = MADE.get(code);
    if (made != null) {
      return made.get();
    }
    Matcher first = FILE.matcher(entry);
    assertThat(first.find()).isTrue();
    String wrong = first.group(1);
    assertThat(first.find()).as("a file that is mended").isTrue();
    return code == DiagnosticCode.NETWORK_TOO_LARGE ? compiled(wrong) : found(wrong);
  }

  @Test
  void nothingIsDocumentedThatDoesNotExistAndCodesAreInOrder() throws IOException {
    assertThat(DiagnosticReference.entriesOf(Files.readString(PAGE)).keySet())
        .containsExactlyElementsOf(
            Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).sorted().toList());
  }

  @Test
  void thePageOfTheJarIsThePageOfTheRepository() throws IOException {
    assertThat(DiagnosticReference.entries())
        .isEqualTo(DiagnosticReference.entriesOf(Files.readString(PAGE)));
  }

  @Test
  void dataThatFitGiveNoWarning() {
    assertThat(DataCheck.classes(right(), 10)).isEmpty();
    assertThat(DataCheck.batch(right(), 32)).isEmpty();
  }

  private static List<Diagnostic> found(String text) {
    DiagnosticLog log = new DiagnosticLog();
    Compiler.check(new SourceFile("model.net", text), log);
    return log.sorted();
  }

  /** What is wrong is seen only behind the network graph, and nothing is made then. */
  private static List<Diagnostic> compiled(String text) {
    SourceFile source = new SourceFile("model.net", text);
    CompilationResult result =
        Compiler.compile(
            new CompilationRequest(
                source, CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING)));
    assertThat(result.programs()).isEmpty();
    return result.diagnostics();
  }

  private static NetworkGraph right() {
    return Compiler.check(new SourceFile("model.net", RIGHT), new DiagnosticLog()).orElseThrow();
  }

  private static String last(Pattern pattern, String entry) {
    List<String> blocks = new ArrayList<>();
    pattern.matcher(entry).results().forEach(found -> blocks.add(found.group(1)));
    return blocks.get(blocks.size() - 1);
  }

  private static void bless() throws IOException {
    String page = Files.readString(PAGE);
    for (DiagnosticCode code : DiagnosticCode.values()) {
      String entry = DiagnosticReference.entriesOf(page).get(code.id());
      String rendered = new TextRenderer(false).render(diagnostics(code, entry));
      String blessed =
          MESSAGE
              .matcher(entry)
              .replaceFirst(Matcher.quoteReplacement("```text\n" + rendered + "```"));
      page = page.replace(entry, blessed);
    }
    Files.writeString(PAGE, page);
  }
}
