package org.cnnc.benchmarks.kernels;

import org.cnnc.compiler.ProgramKind;

/** What a network is run for. */
public enum Job {
  /** The forward pass of one image. */
  PREDICT(ProgramKind.PREDICTION),
  /** Forward, loss, backward to the image itself, and update. */
  TRAIN(ProgramKind.TRAINING);

  private final ProgramKind program;

  Job(ProgramKind program) {
    this.program = program;
  }

  ProgramKind program() {
    return program;
  }
}
