package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.loop.ValueType;
import org.junit.jupiter.api.Test;

class RowPiecesTest {
  @Test
  void piecesCoverTheRowWithinTheRoomOfEveryChoice() {
    int before = 0;
    for (int length = 1; length <= 400; length++) {
      int most = RowPieces.mostRoom(length);
      assertThat(most).as("grows with the row").isGreaterThanOrEqualTo(before);
      before = most;
      for (int count = 1; count <= KernelChoice.MOST_VECTORS; count++) {
        RowPieces pieces = RowPieces.of(length, count);
        assertThat(pieces.count()).isBetween(1, count);
        assertThat(pieces.count() * pieces.pitch())
            .as("%d floats in %s", length, pieces)
            .isGreaterThanOrEqualTo(length);
        assertThat(pieces.room()).isBetween(ValueType.roundUpToLanes(length), most);
      }
    }
  }

  @Test
  void severalPiecesBeginAtWholeVectorsOfAnyMachineAndHoldSomething() {
    for (int length = 1; length <= 400; length++) {
      RowPieces pieces = RowPieces.of(length, 2);
      if (pieces.count() > 1) {
        assertThat(pieces.pitch() % ValueType.MAX_LANES).isZero();
        assertThat(pieces.pitch()).isLessThan(length);
      }
    }
  }

  @Test
  void rowsOfOneVectorAreOnePiece() {
    assertThat(RowPieces.of(16, 2)).isEqualTo(new RowPieces(1, 16));
    assertThat(RowPieces.of(17, 2)).isEqualTo(new RowPieces(2, 16));
    assertThat(RowPieces.of(224, 2)).isEqualTo(new RowPieces(2, 112));
    assertThat(RowPieces.of(224, 1)).isEqualTo(new RowPieces(1, 224));
  }
}
