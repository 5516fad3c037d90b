package org.cnnc.training;

/** Training cannot go on: the loss is not finite, or there is nothing to learn from. */
public final class TrainingException extends Exception {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }
}
