package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a data set holds, as a SHA-256: class and elements of every image in order, before they are
 * preprocessed. Where files lie, and what they are called, changes nothing.
 */
public final class DatasetDigest implements ImageSink {
  private final MessageDigest digest = sha256();
  private final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES);
  private final ByteBuffer floats;
  private final int elements;

  private DatasetDigest(int elements) {
    this.elements = elements;
    this.floats = ByteBuffer.allocate(elements * Float.BYTES);
  }

  /**
   * The digest of all images.
   *
   * @param elements of an image: channels * height * width
   * @return 64 hexadecimal digits
   */
  public static String of(Dataset data, int elements) {
    DatasetDigest sink = new DatasetDigest(elements);
    for (int image = 0; image < data.size(); image++) {
      sink.number(data.label(image));
      data.read(image, sink);
    }
    return HexFormat.of().formatHex(sink.digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void number(int value) {
    digest.update(word.clear().putInt(value).flip());
  }

  @Override
  public void pixels(byte[] pixels, int offset) {
    digest.update(pixels, offset, elements);
  }

  @Override
  public void floats(float[] values, int offset) {
    floats.clear().asFloatBuffer().put(values, offset, elements);
    digest.update(floats);
  }
}
