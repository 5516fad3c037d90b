package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;

/** Splits text into pieces that fit into string constants of a class file. */
public final class ConstantText {
  /** The class file format counts bytes of modified UTF-8 in 16 bits; javac takes one byte less. */
  private static final int LIMIT = 65_534;

  private ConstantText() {}

  /** At least one piece; pieces end at line ends where that is possible. */
  public static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    do {
      int end = endOfPiece(text, begin);
      pieces.add(text.substring(begin, end));
      begin = end;
    } while (begin < text.length());
    return pieces;
  }

  private static int endOfPiece(String text, int begin) {
    int bytes = 0;
    int end = begin;
    int endOfLine = begin;
    while (end < text.length()) {
      bytes += bytes(text.charAt(end));
      if (bytes > LIMIT) {
        return endOfLine > begin ? endOfLine : end;
      }
      end++;
      if (text.charAt(end - 1) == '\n') {
        endOfLine = end;
      }
    }
    return end;
  }

  /** Bytes of a char in modified UTF-8; each half of a surrogate pair has three. */
  private static int bytes(char c) {
    if (c >= 0x800) {
      return 3;
    }
    return c == 0 || c >= 0x80 ? 2 : 1;
  }
}
