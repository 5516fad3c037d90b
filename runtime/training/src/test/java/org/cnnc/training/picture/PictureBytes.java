package org.cnnc.training.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files of pictures, byte by byte where Java writes none of that kind. */
public final class PictureBytes {
  private PictureBytes() {}

  /** An image as a file of this format. */
  public static byte[] of(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IllegalArgumentException("nobody writes such an image as " + format);
    }
    return out.toByteArray();
  }

  /** A JPEG whose stored values are these four, everywhere. */
  static byte[] fourChannelJpeg(int... values) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, values.length, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, values);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG with Adobe's marker. */
  static byte[] withAdobe(byte[] jpeg, int transform) {
    ByteBuffer segment = ByteBuffer.allocate(12);
    segment.put("Adobe".getBytes(StandardCharsets.US_ASCII)).putShort((short) 100);
    segment.put(11, (byte) transform);
    return withSegment(jpeg, 0xee, segment.array());
  }

  /** The JPEG with EXIF that has two entries, the second of them the orientation. */
  public static byte[] withOrientation(byte[] jpeg, ByteOrder order, int orientation) {
    ByteBuffer segment = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12 + 4);
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    segment.put(
        (order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    segment.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
    segment.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(6); // the width
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return withSegment(jpeg, 0xe1, segment.array());
  }

  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    file.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker);
    file.putShort((short) (content.length + 2)).put(content).put(jpeg, 2, jpeg.length - 2);
    return file.array();
  }

  /**
   * A PNG of one row with 16 bits a channel.
   *
   * @param colourType 0 grey, 2 RGB, 4 grey and alpha, 6 RGBA
   */
  static byte[] png16(int colourType, int width, int... levels) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(1);
    header.put((byte) 16).put((byte) colourType);
    ByteBuffer row = ByteBuffer.allocate(1 + 2 * levels.length).put((byte) 0);
    for (int level : levels) {
      row.putShort((short) level);
    }
    Deflater deflater = new Deflater();
    deflater.setInput(row.array());
    deflater.finish();
    byte[] data = new byte[row.capacity() + 100];
    int length = deflater.deflate(data);
    deflater.end();
    ByteBuffer file = ByteBuffer.allocate(8 + 3 * 12 + 13 + length);
    file.putLong(0x89504e470d0a1a0aL);
    chunk(file, "IHDR", header.array(), 13);
    chunk(file, "IDAT", data, length);
    chunk(file, "IEND", data, 0);
    return file.array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] content, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content, 0, length);
    file.putInt(length).put(name).put(content, 0, length).putInt((int) crc.getValue());
  }
}
