package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00e4", "\u623f", "\ud83c\udf33", "\0", "line\n"})
  void everyPieceFitsIntoAConstant(String unit) throws IOException {
    String text = unit.repeat(100_000);
    List<String> pieces = ConstantText.pieces(text);
    assertThat(String.join("", pieces)).isEqualTo(text);
    for (String piece : pieces) {
      // Throws when a text has more bytes than the class file format allows.
      new DataOutputStream(new ByteArrayOutputStream()).writeUTF(piece);
    }
  }

  @Test
  void piecesEndAtLineEnds() {
    String line = "x".repeat(999) + "\n";
    assertThat(ConstantText.pieces(line.repeat(200))).allMatch(piece -> piece.endsWith("\n"));
  }

  @Test
  void shortTextsAreOnePiece() {
    assertThat(ConstantText.pieces("")).containsExactly("");
    assertThat(ConstantText.pieces("a".repeat(65_534))).hasSize(1);
    assertThat(ConstantText.pieces("a".repeat(65_535))).hasSize(2);
  }
}
