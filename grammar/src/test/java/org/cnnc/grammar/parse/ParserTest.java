package org.cnnc.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Binding;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.NumberLiteral;
import org.cnnc.grammar.syntax.OutputStatement;
import org.cnnc.grammar.syntax.Pipeline;
import org.cnnc.grammar.syntax.Shapes;
import org.cnnc.grammar.syntax.StringLiteral;
import org.cnnc.grammar.syntax.SyntaxPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParserTest {
  @Test
  void theNetworkOfTheLectureBecomesItsTree() throws IOException {
    NetworkDeclaration network =
        parsed(Files.readString(Path.of("src/test/resources/lecture.net")));
    assertThat(SyntaxPrinter.print(network))
        .isEqualTo(
            """
            network HousePersonTree {
                input image[3, 32, 32] { scale = 1 / 255; }
                features = image -> conv(16, kernel = 3, padding = same) -> relu -> maxpool(2) \
            -> conv(32, kernel = 3, padding = same) -> relu -> maxpool(2);
                scores = features -> flatten -> fc(64) -> relu -> fc(3);
                output label = scores -> softmax labels ("house", "person", "tree");
                loss cross_entropy(label);
                train { optimizer = sgd(rate = 0.05, momentum = 0.9); batch = 32; epochs = 10; }
            }
            """);
    assertThat(network.complete()).isTrue();
    Shapes.assertSpansNested(network);
    assertThat(network.span().text()).startsWith("network House").endsWith("}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3             | 1 + 2 * 3",
        "(1 + 2) * 3           | (1 + 2) * 3",
        "1 - (2 - 3)           | 1 - (2 - 3)",
        "(1 - 2) - 3           | 1 - 2 - 3",
        "1 / (2 * 3) / 4       | 1 / (2 * 3) / 4",
        "-(1 + 2)              | -(1 + 2)",
        "- -1 * 2              | --1 * 2",
        "((a))                 | a",
        "a + b -> relu         | a + b -> relu",
        "a + (b -> relu)       | a + (b -> relu)",
        "(a -> b) -> c         | (a -> b) -> c",
        "[a, b -> c] -> add    | [a, b -> c] -> add",
        "a -> conv(16) as stem | a -> conv(16) as stem",
        "a -> relu()           | a -> relu",
        "f(1, k = [1, 2])      | f(1, k = [1, 2])",
        "1e-8                  | 1E-8",
        "0.10                  | 0.10",
      })
  void expressionsGroupAsPrinted(String source, String printed) {
    NetworkDeclaration network = parsed("network N { x = " + source + "; }");
    Binding binding = (Binding) network.statements().get(0);
    assertThat(SyntaxPrinter.print(binding.value())).isEqualTo(printed);
    Shapes.assertSpansNested(network);
    assertThat(Shapes.withoutSpans(parsed(SyntaxPrinter.print(network))))
        .isEqualTo(Shapes.withoutSpans(network));
  }

  @Test
  void listsBindSeveralNames() {
    NetworkDeclaration network = parsed("network N { [boxes, classes] = features -> head(3); }");
    Binding binding = (Binding) network.statements().get(0);
    assertThat(binding.targets())
        .extracting(name -> name.text())
        .containsExactly("boxes", "classes");
    assertThat(((Pipeline) binding.value()).stages().get(0).span().text()).isEqualTo("head(3)");
  }

  @Test
  void escapesBecomeTheirCharacters() {
    NetworkDeclaration network =
        parsed("network N { output a = b labels (\"\\\"\\\\\\n\\t\\u00e9\\ud83d\\ude00 é\"); }");
    OutputStatement output = (OutputStatement) network.statements().get(0);
    assertThat(output.labels()).extracting(StringLiteral::text).containsExactly("\"\\\n\té😀 é");
    assertThat(Shapes.withoutSpans(parsed(SyntaxPrinter.print(network))))
        .isEqualTo(Shapes.withoutSpans(network));
  }

  @Test
  void spansCountUtf16UnitsBehindSupplementaryCharacters() {
    NetworkDeclaration network = parsed("/* 😀😀 */ network N { /* 😀 */ x = 12; }");
    Binding binding = (Binding) network.statements().get(0);
    assertThat(binding.value().span().text()).isEqualTo("12");
    assertThat(((NumberLiteral) binding.value()).value()).isEqualTo(new BigDecimal("12"));
  }

  @Test
  void wordsOfTheLanguageThatAreNotReservedAreNames() {
    assertThat(parsed("network N { same = true; valid = false; sgd = 1; }").statements())
        .hasSize(3);
    assertThat(Parser.reservedWords())
        .containsExactly("as", "input", "labels", "loss", "network", "output", "train");
  }

  @Test
  void aStatementWithAMistakeIsDroppedAndItsNamesAreKnown() {
    Result result = parse("network N {\n a = = 1;\n b = 2;\n [c, d] = b -> ;\n}\n");
    assertThat(result.diagnostics()).hasSize(2);
    NetworkDeclaration network = result.network().orElseThrow();
    assertThat(network.statements()).extracting(SyntaxPrinter::print).containsExactly("b = 2;");
    assertThat(network.lostNames()).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(network.complete()).isFalse();
  }

  @Test
  void aMissingSemicolonLosesNothing() {
    Result result = parse("network N {\n a = 1\n b = 2;\n}\n");
    assertThat(result.diagnostics()).hasSize(1);
    assertThat(result.network().orElseThrow().statements()).hasSize(2);
    assertThat(result.network().orElseThrow().complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "f(", "-", "1+", "1*", "a->f(", "x=("})
  void endlessNestingIsADiagnostic(String piece) {
    String opening = "network N { x = " + piece.repeat(100_000);
    assertThat(parse(opening).diagnostics()).hasSize(1);
    assertThat(parse(opening + "1; }").diagnostics()).isNotEmpty();
  }

  @Test
  void nestingUpToTheLimitIsParsed() {
    String sum = "1" + "+1".repeat(TreeBuilder.MAXIMUM_DEPTH - 2);
    assertThat(parse("network N { x = " + sum + "; }").diagnostics()).isEmpty();
    String list = "[".repeat(90) + "1" + "]".repeat(90);
    assertThat(parse("network N { x = " + list + "; }").diagnostics()).isEmpty();
  }

  @Test
  void aFileTooLargeIsADiagnostic() {
    Result result = parse("network N { }" + " ".repeat(SourceFile.MAXIMUM_BYTES));
    assertThat(result.network()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.FILE_TOO_LARGE);
  }

  /** Latin-1: the same byte twice is one mistake. */
  @Test
  void aFileThatIsNotUtf8IsRefusedWithItsFirstWrongByte() throws Exception {
    byte[] bytes = "// Größe\nnetwork Größe { }".getBytes(StandardCharsets.ISO_8859_1);
    SourceFile file = SourceFile.read("model.net", new ByteArrayInputStream(bytes));
    DiagnosticLog log = new DiagnosticLog();
    assertThat(Parser.parse(file, log)).isEmpty();
    assertThat(new TextRenderer(false).render(log.sorted()))
        .isEqualTo(
            """
            error[CNN018]: the byte 0xF6 is not UTF-8
             --> model.net:1:6
              |
            1 | // Gr\uFFFD\uFFFDe
              |      ^
              = help: save the file as UTF-8
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train { ", "x = ", "§ ", "x = 1 ", "\" ", "a b; ", "} ", "network "})
  void largeFilesOfNonsenseEndSoon(String piece) {
    String text = "network N { " + piece.repeat(SourceFile.MAXIMUM_BYTES / piece.length() - 20);
    assertThat(parse(text).diagnostics()).hasSizeBetween(1, 100);
  }

  private static NetworkDeclaration parsed(String text) {
    Result result = parse(text);
    assertThat(result.diagnostics()).as(text).isEmpty();
    return result.network().orElseThrow();
  }

  private record Result(Optional<NetworkDeclaration> network, List<Diagnostic> diagnostics) {}

  private static Result parse(String text) {
    DiagnosticLog log = new DiagnosticLog();
    return new Result(Parser.parse(new SourceFile("model.net", text), log), log.sorted());
  }
}
