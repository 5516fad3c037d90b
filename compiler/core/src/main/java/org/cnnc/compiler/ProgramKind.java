package org.cnnc.compiler;

/** What a generated program is for. */
public enum ProgramKind {
  /** Answers for one image; no backward code, no saved activations. */
  PREDICTION("Prediction"),
  /** One training step over a batch. */
  TRAINING("Training");

  private final String classSuffix;

  ProgramKind(String classSuffix) {
    this.classSuffix = classSuffix;
  }

  /** What is added to the network's name to name the class. */
  public String classSuffix() {
    return classSuffix;
  }
}
