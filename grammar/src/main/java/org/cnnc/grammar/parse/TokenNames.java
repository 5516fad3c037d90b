package org.cnnc.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.parse.antlr.CnncParser;

/** What users call the tokens. */
final class TokenNames {
  /** The reserved words and their types. */
  static final Map<String, Integer> KEYWORDS = keywords();

  /** The words that begin a statement. */
  static final Set<Integer> STATEMENT_KEYWORDS =
      Set.of(CnncParser.INPUT, CnncParser.OUTPUT, CnncParser.LOSS, CnncParser.TRAIN);

  /** What can begin an expression. */
  static final Set<Integer> VALUE_BEGINNINGS =
      Set.of(
          CnncParser.NUMBER,
          CnncParser.STRING,
          CnncParser.NAME,
          CnncParser.LEFT_BRACKET,
          CnncParser.LEFT_PARENTHESIS,
          CnncParser.MINUS);

  /** What can always follow a value; true, but no help. */
  private static final Set<Integer> OPERATORS =
      Set.of(
          CnncParser.PLUS,
          CnncParser.MINUS,
          CnncParser.STAR,
          CnncParser.SLASH,
          CnncParser.LEFT_PARENTHESIS);

  private static final Set<Integer> STATEMENT_BEGINNINGS = statementBeginnings();

  private TokenNames() {}

  private static Map<String, Integer> keywords() {
    Map<String, Integer> result = new TreeMap<>();
    for (int type = CnncParser.NETWORK; type <= CnncParser.AS; type++) {
      result.put(unquoted(type), type);
    }
    return Map.copyOf(result);
  }

  private static Set<Integer> statementBeginnings() {
    Set<Integer> result = new TreeSet<>(STATEMENT_KEYWORDS);
    result.add(CnncParser.NAME);
    result.add(CnncParser.LEFT_BRACKET);
    return result;
  }

  /** The text of a keyword or a punctuation mark. */
  static String unquoted(int type) {
    String literal = CnncParser.VOCABULARY.getLiteralName(type);
    return literal.substring(1, literal.length() - 1);
  }

  static boolean isKeyword(int type) {
    return type >= CnncParser.NETWORK && type <= CnncParser.AS;
  }

  /** The keyword among {@code types} for which {@code word} may be a misspelling. */
  static Optional<Integer> misspelt(String word, Set<Integer> types) {
    String lower = word.toLowerCase(Locale.ROOT);
    List<String> candidates =
        KEYWORDS.entrySet().stream()
            .filter(entry -> types.contains(entry.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return candidates.stream()
        .filter(lower::equals)
        .findFirst()
        .or(() -> DidYouMean.closest(lower, candidates))
        .map(KEYWORDS::get);
  }

  /** A token in a sentence: {@code `conv`}, {@code the number `3`}. */
  static String of(Token token, String text) {
    String shown = "`" + (text.length() > 40 ? text.substring(0, 37) + "..." : text) + "`";
    return switch (token.getType()) {
      case Token.EOF -> "end of the file";
      case CnncParser.STRING -> "text";
      case CnncParser.NUMBER -> "number " + shown;
      default -> shown;
    };
  }

  /** A type in a sentence: {@code `;`}, {@code a name}. */
  static String of(int type) {
    return switch (type) {
      case CnncParser.NAME -> "a name";
      case CnncParser.NUMBER -> "a number";
      case CnncParser.STRING -> "a text in double quotes";
      default -> "`" + unquoted(type) + "`";
    };
  }

  /** {@code `,` or `)`}; empty for no types. */
  static String anyOf(Set<Integer> types) {
    List<String> names = new ArrayList<>();
    Set<Integer> rest = new TreeSet<>(types);
    if (rest.containsAll(STATEMENT_BEGINNINGS)) {
      rest.removeAll(STATEMENT_BEGINNINGS);
      names.add("a statement");
    } else if (rest.containsAll(VALUE_BEGINNINGS)) {
      rest.removeAll(VALUE_BEGINNINGS);
      names.add("a value");
    } else if (!OPERATORS.containsAll(rest)) {
      rest.removeAll(OPERATORS);
    }
    rest.forEach(type -> names.add(of(type)));
    if (names.size() < 2) {
      return String.join("", names);
    }
    String last = names.remove(names.size() - 1);
    return String.join(", ", names) + " or " + last;
  }

  /** Without the operators, if something else is left. */
  static Set<Integer> withoutOperators(Set<Integer> types) {
    Set<Integer> rest = new TreeSet<>(types);
    if (!rest.containsAll(VALUE_BEGINNINGS) && !OPERATORS.containsAll(rest)) {
      rest.removeAll(OPERATORS);
    }
    return rest;
  }
}
