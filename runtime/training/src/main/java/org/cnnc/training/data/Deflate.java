package org.cnnc.training.data;

/** What the format of gzip, zip and PNG can do. */
final class Deflate {
  /**
   * Bytes that a compressed one can stand for: two bits for a match of 258 bytes (RFC 1951, 3.2.5),
   * as zlib's authors count it.
   */
  static final long MOST_INFLATION = 1032;

  private Deflate() {}
}
