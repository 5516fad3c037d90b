package org.cnnc.grammar.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A source text and the name it goes by in messages. Offsets into {@code text} are UTF-16 units
 * from 0.
 */
public record SourceFile(String name, String text) {
  /** Larger files are refused: a network of a thousand layers needs a tenth of this. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int STRAY = 0xDC00;

  public SourceFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Reads a file as UTF-8, without its byte order mark. What the parser has to refuse is read so
   * that it does: of a file that is too large, enough to be too large still; a byte that is not
   * UTF-8 as the lone surrogate U+DC00 + byte, which no text of UTF-8 has.
   *
   * @throws SourceException if there is no such file, or it cannot be read
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
   * Reads a stream to its end, or until it is too large, as {@link #read(Path)} does.
   *
   * @throws SourceException if it cannot be read
   */
  public static SourceFile read(String name, InputStream stream) throws SourceException {
    byte[] bytes = readBytes(name, stream);
    String text = decode(bytes);
    if (bytes.length > MAXIMUM_BYTES) { // characters may be fewer than bytes
      text += " ".repeat(MAXIMUM_BYTES + 1 - Math.min(text.length(), MAXIMUM_BYTES));
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new SourceFile(name, marked ? text.substring(1) : text);
  }

  private static byte[] readBytes(String name, InputStream stream) throws SourceException {
    try {
      return stream.readNBytes(MAXIMUM_BYTES + 1);
    } catch (IOException e) {
      throw new SourceException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, does not replace
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length); // never more units than bytes
    while (decoder.decode(input, output, true).isError()) {
      output.put((char) (STRAY | (input.get() & 0xff)));
    }
    return output.flip().toString();
  }

  /** Where the first byte of the file stands that is not UTF-8. */
  public OptionalInt strayByte() {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int stray = text.codePointAt(i) - STRAY;
      if (stray >= 0x80 && stray <= 0xff) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
