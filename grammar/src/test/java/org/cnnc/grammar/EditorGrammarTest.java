package org.cnnc.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secondsun.tm4e.core.grammar.IGrammar;
import dev.secondsun.tm4e.core.grammar.IToken;
import dev.secondsun.tm4e.core.grammar.ITokenizeLineResult;
import dev.secondsun.tm4e.core.grammar.StackElement;
import dev.secondsun.tm4e.core.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Lexeme;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The TextMate grammar for editors, run by a TextMate engine, sees in the reference's examples what
 * the compiler's own lexer sees.
 */
class EditorGrammarTest {
  private static final Path GRAMMAR = Path.of("editor/cnnc.tmLanguage.json");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Set<String> WORDS = Set.of("same", "valid", "true", "false");

  @TestFactory
  Stream<DynamicTest> everyLexemeOfTheReferenceHasItsScope() throws Exception {
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("LANGUAGE.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(examples).hasSizeGreaterThan(10);
    return examples.stream()
        .map(text -> DynamicTest.dynamicTest(text.lines().findFirst().get(), () -> check(text)));
  }

  @Test
  void commentsOfSeveralLinesAndMarksInTextsAreSeen() throws Exception {
    check("/* one\n  two */ network N { /* // */ x = \"/* no \\\" comment\" -> relu; } // end\n");
  }

  private static void check(String text) throws Exception {
    List<String> scopes = scopes(text);
    List<Lexeme> lexemes = Parser.lexemes(new SourceFile("model.net", text));
    for (int i = 0; i < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      boolean named = i + 1 < lexemes.size() && lexemes.get(i + 1).is("=");
      boolean network = i > 0 && lexemes.get(i - 1).is("network");
      String expected = network ? "entity.name.type" : expected(lexeme, named);
      for (int at = lexeme.span().start(); at < lexeme.span().end(); at++) {
        if (text.charAt(at) != '\n') {
          assertThat(scopes.get(at)).as("%s in %s", lexeme.text(), text).contains(expected);
        }
      }
    }
  }

  private static String expected(Lexeme lexeme, boolean named) {
    return switch (lexeme.kind()) {
      case KEYWORD -> "keyword.declaration.cnnc";
      case NUMBER -> "constant.numeric.cnnc";
      case TEXT -> "string.quoted.double.cnnc";
      case LINE_COMMENT -> "comment.line.double-slash.cnnc";
      case BLOCK_COMMENT -> "comment.block.cnnc";
      case NAME -> named ? "variable.parameter.cnnc" : expectedName(lexeme.text());
      case SYMBOL ->
          switch (lexeme.text()) {
            case "->" -> "keyword.operator.pipe.cnnc";
            case ",", ";" -> "punctuation.separator.cnnc";
            case "{", "}", "(", ")", "[", "]" -> "punctuation.section.cnnc";
            default -> "keyword.operator.cnnc";
          };
    };
  }

  private static String expectedName(String name) {
    if (WORDS.contains(name)) {
      return "constant.language.cnnc";
    }
    if (Set.of("sgd", "adam", "cross_entropy").contains(name)) {
      return "support.function.training.cnnc";
    }
    return layers().contains(name) ? "support.function.layer.cnnc" : "variable.other.cnnc";
  }

  /** The first column of the reference's table of layers; the compiler's tests compare it. */
  private static List<String> layers() {
    try {
      List<String> names = new ArrayList<>();
      String page = Files.readString(Path.of("LANGUAGE.md"));
      int table = page.indexOf("| layer | takes | gives |");
      for (String row : page.substring(table).lines().skip(2).toList()) {
        if (!row.startsWith("|")) {
          break;
        }
        Pattern.compile("`([a-z_]+)`")
            .matcher(row.split("\\|", -1)[1])
            .results()
            .forEach(found -> names.add(found.group(1)));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scopes of each character, line by line as editors ask for them. */
  private static List<String> scopes(String text) throws Exception {
    IGrammar grammar;
    try (InputStream stream = Files.newInputStream(GRAMMAR)) {
      grammar = new Registry().loadGrammarFromPathSync("cnnc.tmLanguage.json", stream);
    }
    List<String> scopes = new ArrayList<>();
    StackElement state = null;
    for (String line : text.split("\n", -1)) {
      ITokenizeLineResult result = grammar.tokenizeLine(line, state);
      state = result.getRuleStack();
      String[] here = new String[line.length() + 1];
      for (IToken token : result.getTokens()) {
        int end = Math.min(token.getEndIndex(), here.length);
        for (int i = token.getStartIndex(); i < end; i++) {
          here[i] = token.getScopes().toString();
        }
      }
      scopes.addAll(Arrays.asList(here));
    }
    return scopes;
  }
}
