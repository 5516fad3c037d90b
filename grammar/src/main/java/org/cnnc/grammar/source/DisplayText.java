package org.cnnc.grammar.source;

/**
 * How a line looks on a terminal with fixed cells: tabs reach to the next multiple of 4, East Asian
 * wide characters take two cells, combining marks none. Control characters, which could steer the
 * terminal or reorder the line, are shown as U+FFFD.
 */
public final class DisplayText {
  private static final int TAB_WIDTH = 4;
  private static final int REPLACEMENT = 0xFFFD;

  /** First and last code point of the blocks that are wide, in pairs (Unicode TR 11: W and F). */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
    0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD
  };

  private DisplayText() {}

  /** The line as it is to be printed. */
  public static String expand(String line) {
    StringBuilder result = new StringBuilder();
    int cells = 0;
    for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
      int codePoint = line.codePointAt(i);
      int width = width(codePoint, cells);
      if (codePoint == '\t') {
        result.append(" ".repeat(width));
      } else {
        result.appendCodePoint(isUnsafe(codePoint) ? REPLACEMENT : codePoint);
      }
      cells += width;
    }
    return result.toString();
  }

  /** The cells that the first {@code length} UTF-16 units of the line take. */
  public static int cells(String line, int length) {
    int cells = 0;
    for (int i = 0; i < length; i += Character.charCount(line.codePointAt(i))) {
      cells += width(line.codePointAt(i), cells);
    }
    return cells;
  }

  private static int width(int codePoint, int cells) {
    if (codePoint == '\t') {
      return TAB_WIDTH - cells % TAB_WIDTH;
    }
    if (isUnsafe(codePoint)) {
      return 1;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnsafe(int codePoint) {
    boolean reorders =
        (codePoint >= 0x202A && codePoint <= 0x202E)
            || (codePoint >= 0x2066 && codePoint <= 0x2069);
    boolean separates = codePoint == 0x2028 || codePoint == 0x2029;
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return Character.isISOControl(codePoint) || reorders || separates || surrogate;
  }
}
