package org.cnnc.grammar.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineMapTest {
  /** Lines {@code ab}, {@code c}, empty, {@code d}, empty, with every end of line. */
  private static final String TEXT = "ab\r\nc\n\rd\n";

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1", "1, 1, 2", "2, 1, 3", "3, 1, 4", "4, 2, 1", "5, 2, 2", "6, 3, 1", "7, 4, 1",
    "8, 4, 2", "9, 5, 1"
  })
  void everyOffsetHasALineAndAColumn(int offset, int line, int column) {
    LineMap lines = map(TEXT);
    assertThat(lines.line(offset)).isEqualTo(line);
    assertThat(lines.column(offset)).isEqualTo(column);
  }

  @Test
  void linesComeWithoutTheirEnds() {
    LineMap lines = map(TEXT);
    assertThat(lines.lineCount()).isEqualTo(5);
    assertThat(lines.lineText(1)).isEqualTo("ab");
    assertThat(lines.lineText(2)).isEqualTo("c");
    assertThat(lines.lineText(3)).isEmpty();
    assertThat(lines.lineText(4)).isEqualTo("d");
    assertThat(lines.lineText(5)).isEmpty();
  }

  @Test
  void columnsCountCodePointsAndTheProtocolCountsUnits() {
    LineMap lines = map("x\n😀é\ty");
    assertThat(lines.column(6)).isEqualTo(4);
    assertThat(lines.utf16Column(6)).isEqualTo(4);
    assertThat(lines.column(4)).isEqualTo(2);
    assertThat(lines.utf16Column(4)).isEqualTo(2);
  }

  @Test
  void aByteOrderMarkIsNoColumn() {
    LineMap lines = map("\uFEFFab");
    assertThat(lines.column(1)).isEqualTo(1);
    assertThat(lines.column(0)).isEqualTo(1);
    assertThat(lines.lineText(1)).isEqualTo("ab");
  }

  @Test
  void anEmptyTextHasOneEmptyLine() {
    assertThat(map("").line(0)).isEqualTo(1);
    assertThat(map("").lineText(1)).isEmpty();
  }

  @Test
  void offsetsBehindTheTextAreRefused() {
    assertThatThrownBy(() -> map("a").line(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static LineMap map(String text) {
    return new LineMap(new SourceFile("model.net", text));
  }
}
