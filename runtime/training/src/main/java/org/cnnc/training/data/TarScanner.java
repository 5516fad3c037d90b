package org.cnnc.training.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Goes from entry to entry of a tar file: POSIX, with its extended headers, or GNU, with its long
 * names.
 */
final class TarScanner {
  /** A name and a size are all that is needed; some programs add much more. */
  private static final int MOST_EXTENSION = 1 << 16;

  private static final int MOST_EXTENSIONS = 16;
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private final InputStream in;
  private long offset;
  private long contentLeft;
  private long padding;

  TarScanner(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /** The archive. */
  Path path() {
    return path;
  }

  /** Where the entry's content begins. */
  long offset() {
    return offset;
  }

  /** The next entry; empty behind the last one. Content has to be read or skipped before. */
  Optional<TarHeader> next() throws IOException {
    Optional<String> longName = Optional.empty();
    Optional<Long> longSize = Optional.empty();
    for (int extensions = 0; extensions <= MOST_EXTENSIONS; extensions++) {
      long start = offset;
      byte[] block = block();
      if (isZero(block)) {
        return Optional.empty();
      }
      TarHeader header = TarHeader.of(path, start, block);
      begin(header.size());
      if (!header.isExtension()) {
        long size = longSize.orElse(header.size());
        begin(size);
        return Optional.of(header.with(longName.orElse(header.name()), size));
      }
      String text = new String(extension(), StandardCharsets.UTF_8);
      if (header.type() == 'L') {
        longName = Optional.of(text.replaceFirst("\0+$", ""));
      } else if (header.type() == 'x') {
        Optional<String> said = pax(text, "path");
        longName = said.isPresent() ? said : longName;
        longSize = paxSize(start, text);
      }
    }
    throw new DataException(
        path, offset, "expected at most " + MOST_EXTENSIONS + " headers about an entry");
  }

  private void begin(long size) {
    contentLeft = size;
    padding = -size & (TarHeader.SIZE - 1);
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(TarHeader.SIZE);
    if (block.length < TarHeader.SIZE) {
      throw new DataException(
          path, offset + block.length, "expected an entry or the end of a tar file, it is cut off");
    }
    offset += TarHeader.SIZE;
    return block;
  }

  private byte[] extension() throws IOException {
    if (contentLeft > MOST_EXTENSION) {
      throw new DataException(
          path,
          offset - TarHeader.SIZE,
          "expected at most " + MOST_EXTENSION + " bytes about an entry, found " + contentLeft);
    }
    byte[] bytes = content();
    skipContent();
    return bytes;
  }

  /** A value of an extended header, whose lines are {@code length key=value}. */
  private static Optional<String> pax(String text, String key) {
    return text.lines()
        .filter(line -> line.matches("[0-9]{1,6} " + key + "=.*"))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .reduce((first, last) -> last);
  }

  private Optional<Long> paxSize(long start, String text) throws DataException {
    Optional<String> size = pax(text, "size");
    if (size.isPresent() && !size.get().matches("[0-9]{1,14}")) {
      throw new DataException(path, start, "expected a size of digits, found " + size.get());
    }
    return size.map(Long::valueOf);
  }

  /** The content of the entry, which must fit into an array; grows with what is there. */
  byte[] content() throws IOException {
    return next(Math.toIntExact(contentLeft));
  }

  /** Takes bytes of an entry. */
  interface ContentSink {
    /** The next bytes of it; only valid during the call. */
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Hands over the content of the entry, which may be larger than an array. */
  void content(ContentSink sink) throws IOException {
    while (contentLeft > 0) {
      sink.take(ByteBuffer.wrap(next((int) Math.min(contentLeft, CHUNK))));
    }
  }

  private byte[] next(int count) throws IOException {
    byte[] content = in.readNBytes(count);
    offset += content.length;
    contentLeft -= content.length;
    if (content.length < count) {
      throw new DataException(
          path, offset, "expected " + contentLeft + " more bytes, the tar file is cut off");
    }
    return content;
  }

  /** Goes on behind the content. */
  void skipContent() throws IOException {
    long rest = contentLeft + padding;
    try {
      in.skipNBytes(rest);
    } catch (EOFException e) {
      throw new DataException(
          path, offset, "expected " + rest + " more bytes, the tar file is cut off");
    }
    offset += rest;
    contentLeft = 0;
    padding = 0;
  }
}
