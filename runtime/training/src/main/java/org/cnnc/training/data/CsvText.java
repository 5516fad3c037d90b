package org.cnnc.training.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a text of comma-separated values (RFC 4180): values may be quoted, quotes in them are
 * doubled; lines end with a line feed, with or without a carriage return.
 */
final class CsvText {
  private final Path file;
  private final String text;
  private int place;
  private int line = 1;

  /**
   * A row.
   *
   * @param line where it begins, from 1
   */
  record Row(int line, List<String> values) {}

  private CsvText(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** The rows that are not empty. */
  static List<Row> rows(Path file, String text) throws DataException {
    CsvText csv = new CsvText(file, text.startsWith("\ufeff") ? text.substring(1) : text);
    List<Row> rows = new ArrayList<>();
    while (csv.place < csv.text.length()) {
      Row row = csv.row();
      if (!row.values().equals(List.of(""))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Row row() throws DataException {
    int start = line;
    List<String> values = new ArrayList<>();
    do {
      values.add(isAt('"') ? quoted() : plain());
    } while (taken(','));
    taken('\r');
    if (!taken('\n') && place < text.length()) {
      throw new DataException(
          file, "line " + line + ": expected a comma or the end of the line behind the quotes");
    }
    line++;
    return new Row(start, values);
  }

  private String plain() {
    int start = place;
    while (place < text.length() && !isAt(',') && !isAt('\n')) {
      place++;
    }
    int end = place > start && text.charAt(place - 1) == '\r' && !isAt(',') ? place - 1 : place;
    return text.substring(start, end).strip();
  }

  private String quoted() throws DataException {
    int start = line;
    StringBuilder value = new StringBuilder();
    place++;
    while (place < text.length()) {
      char c = text.charAt(place++);
      if (c == '"' && !taken('"')) {
        return value.toString();
      }
      line += c == '\n' ? 1 : 0;
      value.append(c);
    }
    throw new DataException(file, "line " + start + ": expected the end of the quotes");
  }

  private boolean isAt(char c) {
    return place < text.length() && text.charAt(place) == c;
  }

  private boolean taken(char c) {
    boolean there = isAt(c);
    place += there ? 1 : 0;
    return there;
  }
}
