package org.cnnc.cli.measure;

/** Runs the operations of a program alone, so that each can be measured. */
public interface OperationRunner {
  /** Runs every operation once, so that each finds the values that a step would leave it. */
  void runAll();

  /** How many images {@link #run} is about. */
  int images(String operation);

  /** Runs one operation: on the images of a block, or on all parameters. */
  void run(String operation);
}
