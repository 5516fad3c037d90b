package org.cnnc.training.data;

/** Takes one image, as what it is. */
public interface ImageSink {
  /**
   * Pixels, 0 to 255, which are preprocessed as the model says.
   *
   * @param pixels channel-major, from {@code offset} on; only valid during the call
   */
  void pixels(byte[] pixels, int offset);

  /**
   * Values for the network's input, taken as they are.
   *
   * @param values channel-major, from {@code offset} on; only valid during the call
   */
  void floats(float[] values, int offset);
}
