package org.cnnc.training.data;

import java.nio.ByteBuffer;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/** An image as it lies in the data, before it is fitted to a network. */
public interface StoredImage {
  /** Where it lies: a file, and the image's number if there are several. */
  String place();

  /** What kind of file it lies in: {@code PNG}, {@code IDX}. */
  String format();

  /** Its pixels. */
  Picture picture();

  /**
   * Its pixels in the size and the channels of a network's input, channel-major.
   *
   * @param preprocessing of that input
   */
  default byte[] fitted(InputInfo input, PixelPreprocessing preprocessing) {
    Picture picture = picture();
    byte[] pixels = new byte[input.elements()];
    preprocessing.resize(picture.argb(), picture.width(), picture.height(), pixels, 0);
    return pixels;
  }

  /** What makes it the same as another image: width, height and colours. */
  default ByteBuffer content() {
    Picture picture = picture();
    ByteBuffer pixels = ByteBuffer.allocate(2 * Integer.BYTES + 3 * picture.argb().length);
    pixels.putInt(picture.width()).putInt(picture.height());
    for (int argb : picture.argb()) {
      pixels.put((byte) (argb >> 16)).put((byte) (argb >> 8)).put((byte) argb);
    }
    return pixels.flip();
  }
}
