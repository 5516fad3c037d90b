package org.cnnc.grammar.diagnostic;

import java.util.List;
import java.util.Optional;
import org.cnnc.grammar.source.Span;

/**
 * One mistake of the user, as data; renderers make text or JSON of it.
 *
 * @param code what kind of mistake, with the pattern of the message
 * @param arguments fill the pattern
 * @param primary the smallest span that shows the mistake, with a label (its text may be empty)
 * @param secondary other places that explain it
 * @param notes facts
 * @param help how to mend it; the only part that proposes anything
 */
public record Diagnostic(
    DiagnosticCode code,
    List<Object> arguments,
    Label primary,
    List<Label> secondary,
    List<String> notes,
    Optional<String> help) {
  public Diagnostic {
    arguments = List.copyOf(arguments);
    secondary = List.copyOf(secondary);
    notes = List.copyOf(notes);
  }

  public static Diagnostic of(DiagnosticCode code, Span span, Object... arguments) {
    return new Diagnostic(
        code, List.of(arguments), new Label(span, ""), List.of(), List.of(), Optional.empty());
  }

  /** The message: the code's pattern with the arguments in. */
  public String message() {
    return String.format(java.util.Locale.ROOT, code.pattern(), arguments.toArray());
  }

  public Diagnostic labelled(String text) {
    return new Diagnostic(code, arguments, new Label(primary.span(), text), secondary, notes, help);
  }

  public Diagnostic withSecondary(Span span, String text) {
    return new Diagnostic(
        code, arguments, primary, plus(secondary, new Label(span, text)), notes, help);
  }

  public Diagnostic withNote(String note) {
    return new Diagnostic(code, arguments, primary, secondary, plus(notes, note), help);
  }

  public Diagnostic withHelp(String text) {
    return new Diagnostic(code, arguments, primary, secondary, notes, Optional.of(text));
  }

  private static <T> List<T> plus(List<T> list, T last) {
    java.util.ArrayList<T> result = new java.util.ArrayList<>(list);
    result.add(last);
    return result;
  }
}
