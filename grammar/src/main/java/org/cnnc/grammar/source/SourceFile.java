package org.cnnc.grammar.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A source text and the name it goes by in messages. Offsets into {@code text} are UTF-16 units
 * from 0.
 */
public record SourceFile(String name, String text) {
  /** Larger files are refused: a network of a thousand layers needs a tenth of this. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  public SourceFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Reads a file as UTF-8, without its byte order mark.
   *
   * @throws SourceException if there is no such file, it is too large or not UTF-8
   */
  public static SourceFile read(Path path) throws SourceException {
    if (Files.isDirectory(path)) {
      throw new SourceException(path + ": is a folder, expected a file");
    }
    try (InputStream stream = Files.newInputStream(path)) {
      return read(path.toString(), stream);
    } catch (NoSuchFileException e) {
      throw new SourceException(path + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new SourceException(path + ": permission denied", e);
    } catch (IOException e) {
      throw new SourceException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a stream to its end as UTF-8, without its byte order mark.
   *
   * @throws SourceException if it cannot be read, is too large or not UTF-8
   */
  public static SourceFile read(String name, InputStream stream) throws SourceException {
    String text = decode(name, readBytes(name, stream));
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new SourceFile(name, marked ? text.substring(1) : text);
  }

  private static byte[] readBytes(String name, InputStream stream) throws SourceException {
    try {
      // One byte more than allowed tells a file that is too large, even one without a known size.
      byte[] bytes = stream.readNBytes(MAXIMUM_BYTES + 1);
      if (bytes.length > MAXIMUM_BYTES) {
        throw new SourceException(name + ": the file is larger than 1 MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw new SourceException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decode(String name, byte[] bytes) throws SourceException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, does not replace
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length); // never more units than bytes
    CoderResult result = decoder.decode(input, output, true);
    if (result.isError()) {
      int offset = input.position();
      throw new SourceException(
          String.format(
              "%s: byte 0x%02X at offset %d (line %d) is not UTF-8",
              name, bytes[offset], offset, lineOf(bytes, offset)));
    }
    return output.flip().toString();
  }

  private static int lineOf(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
