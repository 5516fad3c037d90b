package org.cnnc.cli.measure;

import java.util.List;

/**
 * Runs the operations of a program alone, so that each can be measured. An operation finds the
 * values that a step would leave it only right behind those before it: memory is used again.
 */
public interface OperationRunner {
  /** Names of all operations, in the order in which a step runs them. */
  List<String> operations();

  /** How many images {@link #run} is about. */
  int images(String operation);

  /** Runs one operation: on the images of a block, or on all parameters. */
  void run(String operation);
}
