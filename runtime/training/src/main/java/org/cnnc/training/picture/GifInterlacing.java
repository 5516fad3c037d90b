package org.cnnc.training.picture;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;

/**
 * Interlaced GIFs store rows 0, 8, 16 and so on, then from row 4, from row 2, and from row 1. Where
 * there is no row 4, Java's reader takes the next one for it, and loses that.
 */
final class GifInterlacing {
  private static final int FEWEST_ROWS = 5;
  private static final String DESCRIPTOR = "ImageDescriptor";

  private GifInterlacing() {}

  static void check(ImageReader reader) throws IOException {
    int rows = reader.getHeight(0);
    if (rows < FEWEST_ROWS && isInterlaced(reader.getImageMetadata(0))) {
      throw new BrokenPictureException(
          "unsupported picture: expected an interlaced GIF of at least "
              + FEWEST_ROWS
              + " rows, found "
              + rows);
    }
  }

  private static boolean isInterlaced(IIOMetadata metadata) {
    Element tree = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    Element descriptor = (Element) tree.getElementsByTagName(DESCRIPTOR).item(0);
    return descriptor != null && descriptor.getAttribute("interlaceFlag").equalsIgnoreCase("true");
  }
}
