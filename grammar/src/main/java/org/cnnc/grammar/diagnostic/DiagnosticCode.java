package org.cnnc.grammar.diagnostic;

/** Every mistake a model can have: a stable code, how bad it is, and the pattern of its message. */
public enum DiagnosticCode {
  SYNTAX("CNN001", Severity.ERROR, "%s");

  private final String id;
  private final Severity severity;
  private final String pattern;

  DiagnosticCode(String id, Severity severity, String pattern) {
    this.id = id;
    this.severity = severity;
    this.pattern = pattern;
  }

  /** The code as shown to users, {@code CNN021}. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public String pattern() {
    return pattern;
  }
}
