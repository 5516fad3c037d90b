package org.cnnc.training;

import org.cnnc.runtime.PredictionSession;
import org.cnnc.training.data.ImageSink;

/** Takes a few images, then answers them all at once. Allocates nothing after the first image. */
final class AnsweredImages implements ImageSink {
  private final PredictionSession session;
  private final int most;
  private final int elements;
  private final int classes;
  private final float[] scores;
  private final float[] scoresOfOne;

  /** The images, of whichever kind the data are. */
  private byte[] pixels = new byte[0];

  private float[] values = new float[0];
  private boolean arePixels;
  private int count;

  /**
   * No images yet.
   *
   * @param most how many are answered at once
   */
  AnsweredImages(PredictionSession session, int classes, int most) {
    this.session = session;
    this.most = most;
    this.elements = session.info().input().elements();
    this.classes = classes;
    this.scores = new float[most * classes];
    this.scoresOfOne = new float[classes];
  }

  @Override
  public void pixels(byte[] image, int offset) {
    if (pixels.length == 0) {
      pixels = new byte[Math.multiplyExact(most, elements)];
    }
    System.arraycopy(image, offset, pixels, count * elements, elements);
    arePixels = true;
    count++;
  }

  @Override
  public void floats(float[] image, int offset) {
    if (values.length == 0) {
      values = new float[Math.multiplyExact(most, elements)];
    }
    System.arraycopy(image, offset, values, count * elements, elements);
    arePixels = false;
    count++;
  }

  /** Answers the images taken since the last time. */
  void answer() {
    if (arePixels) {
      session.predict(pixels, 0, count, scores, 0);
    } else {
      session.predict(values, 0, count, scores, 0);
    }
    count = 0;
  }

  /** The answer to one of them; valid until the next call. */
  float[] scores(int image) {
    System.arraycopy(scores, image * classes, scoresOfOne, 0, classes);
    return scoresOfOne;
  }
}
