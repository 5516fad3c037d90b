package org.cnnc.grammar.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final String TEXT =
      """
      network Lenet {
          input image[1, 28, 28];
          x = image
              -> maxpool(2)
              -> conv(16, kernel = 7) -> relu;
      }
      """;

  private static final SourceFile FILE = new SourceFile("model.net", TEXT);

  private static final Diagnostic KERNEL =
      Diagnostic.of(DiagnosticCode.KERNEL_TOO_LARGE, span("kernel = 7"), "7x7", "input", "5x5")
          .labelled("needs an input of at least 7x7")
          .withSecondary(span("maxpool(2)"), "gives [8, 5, 5]")
          .withNote("the input is [1, 28, 28]")
          .withHelp("use `padding = same`, or a kernel of at most 5");

  private static Span span(String part) {
    int start = TEXT.indexOf(part);
    return new Span(FILE, start, start + part.length());
  }

  @Test
  void textShowsTheLinesAndMarksThePlaces() {
    assertThat(new TextRenderer(false).render(List.of(KERNEL)))
        .isEqualTo(
            """
            error[CNN021]: kernel 7x7 is larger than its input 5x5
             --> model.net:5:21
              |
            4 |         -> maxpool(2)
              |            ---------- gives [8, 5, 5]
            5 |         -> conv(16, kernel = 7) -> relu;
              |                     ^^^^^^^^^^ needs an input of at least 7x7
              = note: the input is [1, 28, 28]
              = help: use `padding = same`, or a kernel of at most 5
            """);
  }

  @Test
  void labelsOfOneLineHangBelowEachOther() {
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, span("kernel"), "`kernel`")
            .labelled("middle")
            .withSecondary(span("conv"), "left")
            .withSecondary(span("7"), "right")
            .withSecondary(span("input"), "far");
    assertThat(new TextRenderer(false).render(List.of(diagnostic)))
        .isEqualTo(
            """
            error[CNN001]: unexpected `kernel`
             --> model.net:5:21
              |
            2 |     input image[1, 28, 28];
              |     ----- far
            ...
            5 |         -> conv(16, kernel = 7) -> relu;
              |            ----     ^^^^^^   - right
              |            |        |
              |            |        middle
              |            left
            """);
  }

  @Test
  void caretsStandBelowTheirCharactersWhateverTheWidth() {
    SourceFile file = new SourceFile("model.net", "\tx = \"日本\"\t3;\r\n");
    int three = file.text().indexOf('3');
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, new Span(file, three, three + 1), "`3`");
    assertThat(new TextRenderer(false).render(List.of(diagnostic)))
        .isEqualTo(
            """
            error[CNN001]: unexpected `3`
             --> model.net:1:11
              |
            1 |     x = "日本"  3;
              |                 ^
            """);
  }

  /** The acute takes no cell of its own, but a code point and a unit of UTF-16. */
  @Test
  void caretsStandBehindCombiningMarks() {
    SourceFile file = new SourceFile("model.net", "x = \"e\u0301\" 3;\n");
    int three = file.text().indexOf('3');
    List<Diagnostic> found =
        List.of(
            Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, new Span(file, three, three + 1), "`3`")
                .withSecondary(new Span(file, 4, 8), "a text"));
    assertThat(new TextRenderer(false).render(found))
        .isEqualTo(
            """
            error[CNN001]: unexpected `3`
             --> model.net:1:10
              |
            1 | x = "e\u0301" 3;
              |     --- ^
              |     |
              |     a text
            """);
    assertThat(new JsonRenderer().render(found))
        .contains(range(0, 9, 10) + ",\"severity\"", range(0, 4, 8) + "},\"message\":\"a text\"");
  }

  /** An editor counts neither the byte order mark nor what ends a line. */
  @Test
  void neitherAByteOrderMarkNorLineEndsOfWindowsMoveACaret() throws Exception {
    byte[] bytes =
        "\uFEFFnetwork é {\r\n  a = 1;\r\n\r\n  b 2;\r\n}".getBytes(StandardCharsets.UTF_8);
    SourceFile file = SourceFile.read("model.net", new ByteArrayInputStream(bytes));
    int two = file.text().indexOf('2');
    List<Diagnostic> found =
        List.of(
            Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, new Span(file, two, two + 1), "`2`")
                .withSecondary(new Span(file, 0, 7), "begins here")
                .withSecondary(new Span(file, 8, 9), "its name"));
    assertThat(new TextRenderer(false).render(found))
        .isEqualTo(
            """
            error[CNN001]: unexpected `2`
             --> model.net:4:5
              |
            1 | network é {
              | ------- - its name
              | |
              | begins here
            ...
            4 |   b 2;
              |     ^
            """);
    assertThat(new JsonRenderer().render(found))
        .contains(
            range(3, 4, 5) + ",\"severity\"",
            range(0, 0, 7) + "},\"message\":\"begins here\"",
            range(0, 8, 9) + "},\"message\":\"its name\"");
  }

  private static String range(int line, int start, int end) {
    return "\"range\":{\"start\":{\"line\":%1$d,\"character\":%2$d},\"end\":{\"line\":%1$d,\"character\":%3$d}}"
        .formatted(line, start, end);
  }

  @Test
  void theFirstAndTheLastColumnAndTheEndOfTheFileAreMarked() {
    SourceFile file = new SourceFile("model.net", "ab");
    assertThat(marks(new Span(file, 0, 1))).isEqualTo("  | ^");
    assertThat(marks(new Span(file, 1, 2))).isEqualTo("  |  ^");
    assertThat(marks(new Span(file, 2, 2))).isEqualTo("  |   ^");
    assertThat(marks(new Span(file, 0, 2))).isEqualTo("  | ^^");
  }

  @Test
  void ofSeveralLinesTheFirstIsMarked() {
    SourceFile file = new SourceFile("model.net", "a = [1,\r\n 2];\r\n");
    assertThat(marks(new Span(file, 4, 12))).isEqualTo("  |     ^^^");
    assertThat(marks(new Span(file, 7, 9))).isEqualTo("  |        ^");
  }

  private static String marks(Span span) {
    Diagnostic diagnostic = Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, span, "it");
    return new TextRenderer(false).render(diagnostic).lines().skip(4).findFirst().orElseThrow();
  }

  @Test
  void longLinesAreCutAroundTheMark() {
    SourceFile file = new SourceFile("model.net", "x".repeat(5000) + "!" + "y".repeat(5000));
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, new Span(file, 5000, 5001), "`!`");
    assertThat(new TextRenderer(false).render(diagnostic))
        .contains("--> model.net:1:5001\n")
        .contains("  | " + " ".repeat(60) + "^\n")
        .hasSizeLessThan(400);
  }

  @Test
  void coloursChangeNothingButColours() {
    String coloured = new TextRenderer(true).render(List.of(KERNEL));
    assertThat(coloured).contains("\u001B[1;31merror[CNN021]\u001B[0m");
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", ""))
        .isEqualTo(new TextRenderer(false).render(List.of(KERNEL)));
  }

  @Test
  void onlyTwentyAreShownAndTheRestIsCounted() {
    List<Diagnostic> many = Collections.nCopies(23, KERNEL);
    assertThat(new TextRenderer(false).render(many)).endsWith("\n\n... and 3 more\n");
    assertThat(new PlainRenderer().render(many).lines())
        .hasSize(21)
        .last()
        .isEqualTo("... and 3 more");
    assertThat(new TextRenderer(false).render(List.of())).isEmpty();
  }

  @Test
  void plainTextIsOneLineADiagnostic() {
    assertThat(new PlainRenderer().render(List.of(KERNEL)))
        .isEqualTo(
            "model.net:5:21: error[CNN021]: kernel 7x7 is larger than its input 5x5"
                + " (help: use `padding = same`, or a kernel of at most 5)\n");
  }

  @Test
  void jsonCountsFromZeroInUtf16Units() {
    SourceFile file = new SourceFile("a \"b\".net", "x\n😀\ty");
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNEXPECTED_TOKEN, new Span(file, 5, 6), "`y`")
            .withSecondary(new Span(file, 0, 1), "line\none")
            .withNote("\u0001")
            .withHelp("do");
    assertThat(new JsonRenderer().render(List.of(diagnostic)))
        .isEqualTo(
            """
            [{"uri":"a \\"b\\".net",\
            "range":{"start":{"line":1,"character":3},"end":{"line":1,"character":4}},\
            "severity":1,"code":"CNN001","source":"cnnc","message":"unexpected `y`","label":"",\
            "relatedInformation":[{"location":{"uri":"a \\"b\\".net",\
            "range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}},\
            "message":"line\\none"}],"notes":["\\u0001"],"help":"do"}]
            """);
    assertThat(new JsonRenderer().render(List.of())).isEqualTo("[]\n");
  }

  @Test
  void everyCodeIsDistinct() {
    Set<String> ids = new HashSet<>();
    for (DiagnosticCode code : DiagnosticCode.values()) {
      assertThat(code.id()).matches("CNN[0-9]{3}");
      assertThat(ids.add(code.id())).as(code.id()).isTrue();
    }
  }
}
