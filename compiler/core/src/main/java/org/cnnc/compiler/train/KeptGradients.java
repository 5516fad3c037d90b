package org.cnnc.compiler.train;

/**
 * Which gradients can be read after a training step. What nobody reads need not be stored: then the
 * optimizer takes sums where they are made.
 */
public enum KeptGradients {
  /** None: what trains needs none. */
  NONE(false, false),
  /** Those of all parameters. */
  PARAMETERS(true, false),
  /** That of the input image, as {@code d_<input>}; it is not even computed otherwise. */
  IMAGE(false, true),
  /** Both. */
  PARAMETERS_AND_IMAGE(true, true);

  private final boolean ofParameters;
  private final boolean ofImage;

  KeptGradients(boolean ofParameters, boolean ofImage) {
    this.ofParameters = ofParameters;
    this.ofImage = ofImage;
  }

  boolean ofParameters() {
    return ofParameters;
  }

  boolean ofImage() {
    return ofImage;
  }
}
