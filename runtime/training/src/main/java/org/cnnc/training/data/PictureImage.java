package org.cnnc.training.data;

import java.nio.file.Path;
import org.cnnc.runtime.Picture;
import org.cnnc.training.picture.DecodedPicture;

/** An image that has a picture file of its own. */
record PictureImage(Path file, DecodedPicture decoded) implements StoredImage {
  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public String format() {
    return decoded.format().name();
  }

  @Override
  public Picture picture() {
    return decoded.picture();
  }
}
