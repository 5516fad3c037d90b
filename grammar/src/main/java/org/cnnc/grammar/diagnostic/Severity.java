package org.cnnc.grammar.diagnostic;

/** How bad it is. */
public enum Severity {
  /** Nothing is compiled. */
  ERROR,
  /** Compiled all the same. */
  WARNING
}
