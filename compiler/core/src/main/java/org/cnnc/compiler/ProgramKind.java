package org.cnnc.compiler;

import org.cnnc.compiler.schedule.Target;

/** What a generated program is for. */
public enum ProgramKind {
  /** Answers for one image; no backward code, no saved activations. */
  PREDICTION("Prediction"),
  /** One training step over a batch. */
  TRAINING("Training");

  private static final String VECTOR_SUFFIX = "Vector";

  private final String classSuffix;

  ProgramKind(String classSuffix) {
    this.classSuffix = classSuffix;
  }

  /** The name of the class, without its package: {@code DigitsTraining}. */
  public String className(String network, Target target) {
    return network + classSuffix + (target == Target.VECTOR ? VECTOR_SUFFIX : "");
  }
}
