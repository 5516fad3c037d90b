package org.cnnc.compiler.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** PNG: a signature, then chunks of length, type, content and checksum. */
record PngForm(List<byte[]> examples) implements Form {
  private static final int SIGNATURE = 8;
  private static final int AROUND = 12;
  private static final int HEADER_CONTENT = 16;
  private static final int MOST_ROWS = 100_000;
  private static final List<String> TYPES =
      List.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "iCCP", "zTXt", "iTXt", "tEXt", "sRGB",
          "cHRM", "bKGD", "hIST", "pHYs", "sPLT", "sBIT", "tIME", "acTL", "fcTL", "eXIf", "abcd");

  /** A chunk; the content is as long as its length says. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] type, byte[] content) {
    boolean is(String name) {
      return new String(type, StandardCharsets.ISO_8859_1).equals(name);
    }
  }

  @Override
  public List<Field> fields(byte[] file) {
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(HEADER_CONTENT, 4, order));
    fields.add(new Field(HEADER_CONTENT + 4, 4, order));
    for (int i = 8; i < 13; i++) {
      fields.add(new Field(HEADER_CONTENT + i, 1, order)); // bits, colours, methods, interlacing
    }
    int place = SIGNATURE;
    for (Chunk chunk : chunks(file)) {
      fields.add(new Field(place, 4, order));
      place += AROUND + chunk.content().length;
    }
    return fields;
  }

  @Override
  public List<String> words() {
    return TYPES;
  }

  @Override
  public byte[] changeParts(byte[] file, RandomGenerator random) {
    List<Chunk> chunks = chunks(file);
    if (chunks.isEmpty()) {
      return file;
    }
    int at = random.nextInt(chunks.size());
    Chunk chunk = chunks.get(at);
    switch (random.nextInt(6)) {
      case 0 -> chunks.remove(at);
      case 1 -> chunks.add(random.nextInt(chunks.size() + 1), chunk);
      case 2 -> chunks.set(at, chunks.set(random.nextInt(chunks.size()), chunk));
      case 3 -> chunks.add(at, new Chunk(type(random), chunk.content()));
      case 4 -> chunks.set(at, changed(chunk, random));
      default -> chunks.replaceAll(any -> any.is("IDAT") ? withOtherRows(any, random) : any);
    }
    return file(chunks);
  }

  private static byte[] type(RandomGenerator random) {
    return ByteChanges.one(TYPES, random).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Chunk changed(Chunk chunk, RandomGenerator random) {
    return new Chunk(
        chunk.type(), ByteChanges.change(chunk.content(), List.of(chunk.content()), random));
  }

  /** Changes what is compressed, not its compression. */
  private static Chunk withOtherRows(Chunk chunk, RandomGenerator random) {
    Inflater inflater = new Inflater();
    Deflater deflater = new Deflater();
    try {
      inflater.setInput(chunk.content());
      byte[] rows = new byte[MOST_ROWS];
      rows = java.util.Arrays.copyOf(rows, inflater.inflate(rows));
      byte[] others = ByteChanges.change(rows, List.of(rows), random);
      deflater.setInput(others);
      deflater.finish();
      byte[] compressed = new byte[others.length + 100];
      int length = deflater.deflate(compressed);
      return new Chunk(chunk.type(), java.util.Arrays.copyOf(compressed, length));
    } catch (DataFormatException e) {
      return chunk;
    } finally {
      inflater.end();
      deflater.end();
    }
  }

  @Override
  public byte[] mended(byte[] file) {
    List<Chunk> chunks = chunks(file);
    return chunks.isEmpty() ? file : file(chunks);
  }

  /** Whole chunks, as far as there are some. */
  private static List<Chunk> chunks(byte[] file) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int place = SIGNATURE;
    while (place + AROUND <= file.length) {
      int length = bytes.getInt(place);
      if (length < 0 || length > file.length - AROUND - place) {
        break;
      }
      byte[] type = new byte[4];
      byte[] content = new byte[length];
      bytes.get(place + 4, type).get(place + 8, content);
      chunks.add(new Chunk(type, content));
      place += AROUND + length;
    }
    return chunks;
  }

  private static byte[] file(List<Chunk> chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(ByteBuffer.allocate(SIGNATURE).putLong(0x89504e470d0a1a0aL).array());
    for (Chunk chunk : chunks) {
      CRC32 crc = new CRC32();
      crc.update(chunk.type());
      crc.update(chunk.content());
      ByteBuffer bytes = ByteBuffer.allocate(AROUND + chunk.content().length);
      bytes.putInt(chunk.content().length).put(chunk.type()).put(chunk.content());
      file.writeBytes(bytes.putInt((int) crc.getValue()).array());
    }
    return file.toByteArray();
  }
}
