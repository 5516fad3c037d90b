package org.cnnc.training;

import org.cnnc.training.data.ImageSink;

/**
 * Keeps a copy of one image, of pixels or of floats, until the next one comes. Allocates with the
 * first image alone, if all are of one kind.
 */
final class HeldImage implements ImageSink {
  private final int elements;
  private byte[] pixels = {};
  private float[] floats = {};
  private boolean arePixels;

  /**
   * Room for an image.
   *
   * @param elements of it: channels * height * width
   */
  HeldImage(int elements) {
    this.elements = elements;
  }

  @Override
  public void pixels(byte[] source, int offset) {
    if (pixels.length < elements) {
      pixels = new byte[elements];
    }
    System.arraycopy(source, offset, pixels, 0, elements);
    arePixels = true;
  }

  @Override
  public void floats(float[] source, int offset) {
    if (floats.length < elements) {
      floats = new float[elements];
    }
    System.arraycopy(source, offset, floats, 0, elements);
    arePixels = false;
  }

  /** Hands the image over, as what it is. */
  void handTo(ImageSink sink) {
    if (arePixels) {
      sink.pixels(pixels, 0);
    } else {
      sink.floats(floats, 0);
    }
  }
}
