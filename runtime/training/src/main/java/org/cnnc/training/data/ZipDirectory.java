package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a zip file's directory says of its entries and Java's {@link java.util.zip.ZipFile} does not
 * tell: whether one is a link, or encrypted; and how many there are, which that believes, and makes
 * a table for.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MOST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int END64_SIZE = 56;
  private static final long LARGE = 0xffffffffL;
  private static final int MOST_ENTRIES = 0xffff;
  private static final int HEADER = 0x02014b50;
  private static final int HEADER_SIZE = 46;

  private static final int UNIX = 3;
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;

  private final Path path;
  private final FileChannel file;

  private ZipDirectory(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Where the entries of the directory are.
   *
   * @param entries how many are said to be there
   * @param mostEntries a greater number cannot be said, and begins again at 0
   */
  private record Range(long start, long end, long entries, long mostEntries) {}

  /** Refuses an archive with entries that are neither files nor folders, or encrypted. */
  static void expectPlainEntries(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      ZipDirectory directory = new ZipDirectory(path, file);
      directory.check(directory.range());
    } catch (EOFException e) {
      throw new DataException(path, "expected a zip file, its directory is cut off", e);
    }
  }

  /** The directory lies before its end, which tells its size, and is the last in the file. */
  private Range range() throws IOException {
    long last = Math.max(0, file.size() - END_SIZE);
    int searched = (int) Math.min(last, MOST_COMMENT);
    ByteBuffer tail = bytes(last - searched, (int) (file.size() - last + searched));
    for (int place = searched; place >= 0 && tail.limit() >= place + END_SIZE; place--) {
      int comment = tail.getShort(place + 20) & 0xffff;
      if (tail.getInt(place) == END && comment == tail.limit() - place - END_SIZE) {
        long end = last - searched + place;
        long size = tail.getInt(place + 12) & 0xffffffffL;
        int entries = tail.getShort(place + 10) & MOST_ENTRIES;
        Range range = new Range(end - size, end, entries, MOST_ENTRIES);
        return size == LARGE || hasLocator(end) ? largeRange(range) : range;
      }
    }
    throw new DataException(path, "expected a zip file, the end of its directory is missing");
  }

  private boolean hasLocator(long end) throws IOException {
    return end >= LOCATOR_SIZE && bytes(end - LOCATOR_SIZE, Integer.BYTES).getInt(0) == LOCATOR;
  }

  /** Large archives have a second end, found by a locator before the first. */
  private Range largeRange(Range first) throws IOException {
    ByteBuffer locator = bytes(first.end() - LOCATOR_SIZE, LOCATOR_SIZE);
    if (locator.getInt(0) != LOCATOR) {
      throw new DataException(
          path, first.end(), "expected the locator of a large zip file's directory");
    }
    long place = locator.getLong(8);
    ByteBuffer end = bytes(place, END64_SIZE);
    long entries = end.getLong(32);
    long size = end.getLong(40);
    long firstSize = first.end() - first.start();
    // Of two that differ, who knows which one the other reader takes?
    if ((first.entries() != entries && first.entries() != MOST_ENTRIES)
        || (firstSize != size && firstSize != LARGE)) {
      throw new DataException(
          path, place, "expected an end of the zip file's directory that says what the other says");
    }
    return new Range(place - size, place, entries, Long.MAX_VALUE);
  }

  private ByteBuffer bytes(long place, int count) throws IOException {
    if (place < 0 || place > file.size() - count) {
      throw new DataException(path, "expected a zip file's directory, its places are wrong");
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file.read(bytes, place + bytes.position());
    }
    return bytes.flip();
  }

  private void check(Range range) throws IOException {
    if (range.start() < 0 || range.start() > range.end()) {
      throw new DataException(path, "expected a zip file's directory, its places are wrong");
    }
    file.position(range.start());
    InputStream in = new BufferedInputStream(Channels.newInputStream(file));
    long place = range.start();
    long entries = 0;
    while (place < range.end()) {
      ByteBuffer fields =
          ByteBuffer.wrap(in.readNBytes(HEADER_SIZE)).order(ByteOrder.LITTLE_ENDIAN);
      if (fields.limit() < HEADER_SIZE || fields.getInt(0) != HEADER) {
        throw new DataException(path, place, "expected an entry of the zip file's directory");
      }
      int nameLength = fields.getShort(28) & 0xffff;
      int rest = (fields.getShort(30) & 0xffff) + (fields.getShort(32) & 0xffff);
      String name = new String(in.readNBytes(nameLength), StandardCharsets.UTF_8);
      check(EntryName.of(path, name), fields);
      in.skipNBytes(rest);
      place += HEADER_SIZE + nameLength + rest;
      entries++;
    }
    if ((entries & range.mostEntries()) != range.entries()) {
      throw new DataException(
          path,
          range.end(),
          "expected a directory of "
              + range.entries()
              + " entries, as its end says, found "
              + entries);
    }
  }

  private static void check(EntryName name, ByteBuffer fields) throws DataException {
    if ((fields.getShort(8) & 1) != 0) {
      throw new DataException(name.path(), "expected an entry that is not encrypted");
    }
    int type = fields.getShort(40) & TYPE;
    boolean unix = fields.get(5) == UNIX;
    if (unix && type != 0 && type != REGULAR && type != FOLDER) {
      throw new DataException(
          name.path(), "expected a file or a folder, this entry is a link or a device");
    }
  }
}
