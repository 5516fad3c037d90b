package org.cnnc.training.picture;

/** What compressions can do at best: how much a byte of a file can stand for. */
public enum Compression {
  /** Two bits for a match of 258 bytes (RFC 1951, 3.2.5), as zlib's authors count it. */
  DEFLATE(1032L * Byte.SIZE),

  /** Each block of 64 pixels has a bit of its own at least, its first coefficient. */
  JPEG(8 * 64),

  /** A code of twelve bits for a string of at most 4096 pixels of a byte. */
  LZW(4096L * Byte.SIZE * Byte.SIZE / 12),

  /** Two bytes for a run of 255 pixels of a byte. */
  RUN_LENGTH(255L * Byte.SIZE / 2),

  /** None. */
  PLAIN(Byte.SIZE);

  private final long bitsOfByte;

  Compression(long bitsOfByte) {
    this.bitsOfByte = bitsOfByte;
  }

  /** Bits that so many bytes can become; pixels for JPEG. */
  public long mostBits(long bytes) {
    return bytes * bitsOfByte;
  }
}
