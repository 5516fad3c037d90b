package org.cnnc.compiler;

/** The version of this compiler, as it goes into what it makes. */
public final class CompilerVersion {
  /** The version alone: {@code 0.1.0}. */
  public static final String TEXT = "0.1.0";

  /** Name and version: {@code cnnc 0.1.0}. */
  public static final String GENERATOR = "cnnc " + TEXT;

  private CompilerVersion() {}
}
