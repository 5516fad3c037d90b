package org.cnnc.compiler.fuzz;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/** Small sound files of each form, most of them written by Java's own writers. */
final class Examples {
  private Examples() {}

  static List<byte[]> pngs() {
    List<byte[]> files = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_BYTE_INDEXED
        }) {
      files.add(written(noise(type, 9, 7), "png", false));
      files.add(written(noise(type, 9, 7), "png", true)); // interlaced
    }
    return files;
  }

  static List<byte[]> jpegs() {
    List<byte[]> files = new ArrayList<>();
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] colours = written(noise(BufferedImage.TYPE_INT_RGB, 19, 9), "jpeg", progressive);
      files.add(colours);
      files.add(written(noise(BufferedImage.TYPE_BYTE_GRAY, 9, 17), "jpeg", progressive));
      files.add(withOrientation(colours));
    }
    byte[] inks = fourChannelJpeg();
    files.add(inks);
    files.add(withSegment(inks, 0xee, "Adobe\0d\0\0\0\0\2"));
    return files;
  }

  static List<byte[]> bmps() {
    return List.of(
        written(noise(BufferedImage.TYPE_3BYTE_BGR, 9, 7), "bmp", false),
        written(noise(BufferedImage.TYPE_BYTE_INDEXED, 9, 7), "bmp", false),
        written(noise(BufferedImage.TYPE_BYTE_BINARY, 9, 7), "bmp", false),
        runs());
  }

  static List<byte[]> gifs() {
    return List.of(
        written(noise(BufferedImage.TYPE_BYTE_INDEXED, 9, 7), "gif", false),
        written(noise(BufferedImage.TYPE_BYTE_INDEXED, 9, 7), "gif", true),
        written(noise(BufferedImage.TYPE_BYTE_BINARY, 9, 7), "gif", false));
  }

  private static BufferedImage noise(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    RandomGenerator random = new SplittableRandom(type);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    return image;
  }

  /** A file by Java's own writer, progressive (interlaced) or not. */
  private static byte[] written(BufferedImage image, String format, boolean progressive) {
    return written(
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format).next(),
        new IIOImage(image, null, null),
        progressive);
  }

  private static byte[] written(ImageWriter writer, IIOImage image, boolean progressive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (parameters.canWriteProgressive()) {
        parameters.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      }
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] fourChannelJpeg() {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 9, 9, 4, null);
    for (int i = 0; i < 81; i++) {
      raster.setPixel(i % 9, i / 9, new int[] {3 * i, 200 - i, i, 100});
    }
    return written(
        ImageIO.getImageWritersByFormatName("jpeg").next(),
        new IIOImage(raster, null, null),
        false);
  }

  private static byte[] withOrientation(byte[] jpeg) {
    return withSegment(jpeg, 0xe1, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0");
  }

  private static byte[] withSegment(byte[] jpeg, int marker, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer segment = ByteBuffer.allocate(4 + bytes.length).put((byte) 0xff).put((byte) marker);
    segment.putShort((short) (bytes.length + 2)).put(bytes);
    return ByteChanges.spliced(jpeg, 2, 2, segment.array());
  }

  /** A BMP whose rows are a run each. */
  private static byte[] runs() {
    int rows = 5;
    int size = 14 + 40 + 4 + 4 * rows;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(size).putInt(0).putInt(58);
    file.putInt(40).putInt(100).putInt(rows).putShort((short) 1).putShort((short) 8);
    file.putInt(1).putInt(4 * rows).putInt(0).putInt(0).putInt(1).putInt(0).putInt(0x302010);
    for (int row = 0; row < rows; row++) {
      file.put((byte) 100).put((byte) 0).put((byte) 0).put((byte) (row == rows - 1 ? 1 : 0));
    }
    return file.array();
  }

  static byte[] idxImages() {
    ByteBuffer file = ByteBuffer.allocate(16 + 4 * 6);
    file.putInt(0x803).putInt(4).putInt(2).putInt(3);
    return file.array();
  }

  static byte[] idxLabels() {
    return ByteBuffer.allocate(8 + 4).putInt(0x801).putInt(4).put(new byte[] {0, 2, 1, 0}).array();
  }

  static byte[] cifarBatch() {
    byte[] file = new byte[2 * 3073];
    file[3073] = 2;
    return file;
  }

  /** Two class folders, as a zip or tar has them. */
  private static Map<String, byte[]> folders() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("a/1.bmp", bmps().get(2));
    files.put("b/2.png", pngs().get(4));
    files.put("c/3.gif", gifs().get(2));
    return files;
  }

  static List<byte[]> zips() {
    byte[] deflated = zip(folders(), ZipEntry.DEFLATED);
    byte[] idx =
        zip(
            Map.of("t-images-idx3-ubyte", idxImages(), "t-labels-idx1-ubyte", idxLabels()),
            ZipEntry.DEFLATED);
    return List.of(deflated, zip(folders(), ZipEntry.STORED), ZipForm.large(deflated), idx);
  }

  private static byte[] zip(Map<String, byte[]> files, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        out.putNextEntry(entry(file.getKey(), file.getValue(), method));
        out.write(file.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content, int method) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same bytes at any time
    entry.setMethod(method);
    entry.setComment("no comment");
    if (method == ZipEntry.STORED) {
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(content);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    return entry;
  }

  /** With the longer names and sizes that POSIX and GNU know. */
  static List<byte[]> tars() {
    List<byte[]> entries = new ArrayList<>();
    folders().forEach((name, content) -> entries.add(TarForm.entry('0', name, content)));
    byte[] plain = TarForm.file(entries.toArray(new byte[0][]));
    entries.add(0, TarForm.entry('5', "a/", new byte[0]));
    entries.add(
        1, TarForm.entry('x', "h", "19 path=a/long.bmp\n".getBytes(StandardCharsets.UTF_8)));
    entries.add(3, TarForm.entry('L', "l", "b/other.png\0".getBytes(StandardCharsets.UTF_8)));
    entries.add(0, TarForm.entry('g', "g", "13 size=0007\n".getBytes(StandardCharsets.UTF_8)));
    return List.of(plain, TarForm.file(entries.toArray(new byte[0][])));
  }

  static List<byte[]> lists() {
    return List.of(
        "path,label\n1.bmp,0\n2.png,2\n".getBytes(StandardCharsets.UTF_8),
        "\ufeff\"1.bmp\",\"a\"\r\n2.png,b\r\n2.png,\"c\"\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** The pictures of {@link #lists}. */
  static Map<String, byte[]> listed() {
    return Map.of("1.bmp", bmps().get(2), "2.png", pngs().get(4));
  }

  static List<byte[]> tensors(int channels, int height, int width) {
    int elements = channels * height * width;
    Tensor images = Tensor.of(List.of(2, channels, height, width), new float[2 * elements]);
    Tensor labels = Tensor.of(List.of(2), new float[] {0, 2});
    Map<String, Tensor> tensors = new TreeMap<>(Map.of("images", images, "labels", labels));
    byte[] floats = new Safetensors("example", Map.of("made", "by hand"), tensors).toBytes();
    return List.of(floats, pixels(channels, height, width));
  }

  private static byte[] pixels(int channels, int height, int width) {
    int elements = channels * height * width;
    String header =
        "{\"images\":{\"dtype\":\"U8\",\"shape\":[1,%d,%d,%d],\"data_offsets\":[0,%d]},"
            + "\"labels\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[%d,%d]}}";
    byte[] json =
        header
            .formatted(channels, height, width, elements, elements, elements + 8)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + elements + 8);
    return file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
  }
}
