package org.cnnc.training.picture;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * What Java's JPEG decoder only warns of, though pixels are missing: it fills with grey what a
 * truncated file lacks. Warnings of other oddities leave the pixels what they are.
 */
final class JpegWarnings implements IIOReadWarningListener {
  private String problem = "";

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (warning.contains("premature end") || warning.contains("bad Huffman code")) {
      problem = warning;
    }
  }

  void expectNone() throws BrokenPictureException {
    if (!problem.isEmpty()) {
      throw new BrokenPictureException("broken picture, pixels are missing: " + problem);
    }
  }
}
