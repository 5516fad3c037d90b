package org.cnnc.grammar.parse;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.source.Span;

/** The values of number and text tokens. */
final class Literals {
  private static final int LONGEST_NUMBER = 200;
  private static final int LARGEST_EXPONENT = 100;
  private static final int UNICODE_DIGITS = 4;

  private Literals() {}

  /**
   * The exact value; empty if it is too long, too large or too near to zero. Exact arithmetic on
   * {@code 1e999999999} would need a gigabyte.
   */
  static Optional<BigDecimal> number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      long exponent = value.signum() == 0 ? 0 : (long) value.precision() - value.scale() - 1;
      boolean inRange =
          Math.abs(exponent) <= LARGEST_EXPONENT
              && Math.abs((long) value.scale()) <= LONGEST_NUMBER + LARGEST_EXPONENT;
      return inRange ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) { // the exponent does not fit into an int
      return Optional.empty();
    }
  }

  /** The text between the quotes with its escapes resolved; wrong escapes are reported. */
  static String text(Span literal, Consumer<Diagnostic> report) {
    String raw = literal.text();
    StringBuilder result = new StringBuilder();
    int[] starts = new int[raw.length()]; // of what each character of the result is written as
    int i = 1;
    while (i < raw.length() - 1) {
      boolean isEscape = raw.charAt(i) == '\\';
      int length = isEscape ? escapeLength(raw, i) : 1;
      Optional<Character> meant =
          isEscape ? escaped(raw.substring(i, i + length)) : Optional.of(raw.charAt(i));
      if (meant.isEmpty()) {
        report.accept(
            invalidEscape(literal, i, i + length)
                .withHelp(
                    "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u` with four hex digits"));
      } else {
        starts[result.length()] = i;
        result.append(meant.get());
      }
      i += length;
    }
    starts[result.length()] = i;
    halfPair(result)
        .ifPresent(
            half ->
                report.accept(
                    invalidEscape(literal, starts[half], starts[half + 1])
                        .labelled("half of a surrogate pair")
                        .withHelp(
                            "a character beyond U+FFFF is two escapes, such as `\\ud83d\\ude00`")));
    return result.toString();
  }

  private static int escapeLength(String raw, int start) {
    int end = Math.min(start + 2, raw.length() - 1);
    if (raw.charAt(start + 1) == 'u') {
      int last = Math.min(end + UNICODE_DIGITS, raw.length() - 1);
      while (end < last && Character.digit(raw.charAt(end), 16) >= 0) {
        end++;
      }
    } else if (Character.isHighSurrogate(raw.charAt(start + 1)) && end < raw.length() - 1) {
      end++;
    }
    return end - start;
  }

  private static Optional<Character> escaped(String escape) {
    if (escape.length() == UNICODE_DIGITS + 2) {
      return Optional.of((char) Integer.parseInt(escape.substring(2), 16));
    }
    return switch (escape) {
      case "\\\"" -> Optional.of('"');
      case "\\\\" -> Optional.of('\\');
      case "\\n" -> Optional.of('\n');
      case "\\t" -> Optional.of('\t');
      default -> Optional.empty();
    };
  }

  private static Diagnostic invalidEscape(Span literal, int from, int to) {
    Span span = new Span(literal.file(), literal.start() + from, literal.start() + to);
    return Diagnostic.of(DiagnosticCode.INVALID_ESCAPE, span, span.text());
  }

  /** The first surrogate that has no other half beside it. */
  private static OptionalInt halfPair(CharSequence text) {
    for (int i = 0; i < text.length(); i += Character.charCount(Character.codePointAt(text, i))) {
      int codePoint = Character.codePointAt(text, i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
