package org.cnnc.training.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What the markers before a JPEG's pixels say. Whatever is odd there is passed over, the decoder
 * itself judges the file; but one that ends there is not for it: behind the end Java's decoder
 * makes up bytes, and warns of each few, megabytes of texts for a file of nine bytes.
 *
 * @param components channels of a pixel; 0 if no frame was found
 * @param adobeTransform of the marker APP14, if it is there
 * @param orientation of EXIF's marker APP1, 1 to 8; 1 if it says nothing
 */
record JpegHeader(int components, OptionalInt adobeTransform, int orientation) {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int EXIF = 0xe1;
  private static final int ADOBE = 0xee;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final int ADOBE_TRANSFORM = 11;
  private static final int FRAME_COMPONENTS = 5;

  /**
   * Reads the markers up to the first scan.
   *
   * @throws BrokenPictureException if the file, or the image, ends before
   */
  static JpegHeader of(byte[] file) throws BrokenPictureException {
    JpegHeader header = new JpegHeader(0, OptionalInt.empty(), Orientation.UPRIGHT);
    int place = 2; // behind the start of the image
    while (place + 4 <= file.length) {
      int marker = file[place + 1] & 0xff;
      if ((file[place] & 0xff) != 0xff || marker == 0xff || marker == 0) {
        place++; // what the decoder passes over, too, on its way to a marker
        continue;
      }
      if (marker == START_OF_SCAN) {
        return header;
      }
      if (marker == END_OF_IMAGE) {
        throw new BrokenPictureException("broken picture: it ends before its pixels");
      }
      if (isAlone(marker)) {
        place += 2;
        continue;
      }
      int length = (file[place + 2] & 0xff) << 8 | (file[place + 3] & 0xff);
      int end = place + 2 + length;
      if (length < 2) {
        return header; // an error of the decoder's
      }
      if (end > file.length) {
        break;
      }
      header = header.with(marker, ByteBuffer.wrap(file, place + 4, length - 2).slice());
      place = end;
    }
    throw new BrokenPictureException("broken picture: the file ends within its header");
  }

  /** Markers without a segment: beginnings of an image and of a part of a scan, and 01. */
  private static boolean isAlone(int marker) {
    return (marker >= 0xd0 && marker <= 0xd8) || marker == 0x01;
  }

  private JpegHeader with(int marker, ByteBuffer segment) {
    if (isFrame(marker) && segment.limit() > FRAME_COMPONENTS) {
      return new JpegHeader(segment.get(FRAME_COMPONENTS) & 0xff, adobeTransform, orientation);
    }
    if (marker == ADOBE && begins(segment, ADOBE_NAME) && segment.limit() > ADOBE_TRANSFORM) {
      int transform = segment.get(ADOBE_TRANSFORM) & 0xff;
      return new JpegHeader(components, OptionalInt.of(transform), orientation);
    }
    if (marker == EXIF && begins(segment, EXIF_NAME) && orientation == Orientation.UPRIGHT) {
      ByteBuffer tiff = segment.position(EXIF_NAME.length).slice();
      return new JpegHeader(components, adobeTransform, ExifOrientation.of(tiff));
    }
    return this;
  }

  /** Markers 0xc0 to 0xcf are frames, but for tables (c4, cc) and an extension (c8). */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean begins(ByteBuffer segment, byte[] name) {
    if (segment.limit() < name.length) {
      return false;
    }
    byte[] start = new byte[name.length];
    segment.get(0, start);
    return Arrays.equals(start, name);
  }
}
