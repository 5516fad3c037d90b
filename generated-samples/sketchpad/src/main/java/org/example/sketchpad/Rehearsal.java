package org.example.sketchpad;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Handwritten digits of MNIST, as the features that the second half takes: to be learnt again
 * together with a new symbol, so that they are not forgotten, and others to judge by.
 *
 * @param learnt the digits to learn again
 * @param unseen others, which are never learnt
 */
record Rehearsal(List<Example> learnt, List<Example> unseen) {
  /** Columns of the sheet with digits to learn; those behind them are to judge by. */
  private static final int LEARNT = 100;

  /**
   * Features and what they are of.
   *
   * @param features not copied
   * @param name number of the digit or symbol
   */
  record Example(float[] features, int name) {}

  /** The digits that ship with the sketchpad. */
  static Rehearsal load(FirstHalf firstHalf) throws IOException {
    DigitSheet sheet = DigitSheet.load(Rehearsal.class, "digits.png");
    List<Example> learnt = new ArrayList<>();
    List<Example> unseen = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      for (Glyph glyph : sheet.glyphs(digit, 0, LEARNT)) {
        learnt.add(new Example(firstHalf.features(glyph), digit));
      }
      for (Glyph glyph : sheet.glyphs(digit, LEARNT, sheet.columns())) {
        unseen.add(new Example(firstHalf.features(glyph), digit));
      }
    }
    return new Rehearsal(learnt, unseen);
  }

  /** How many of the unseen digits are read rightly. */
  int right(Recogniser recogniser) {
    return (int)
        unseen.stream()
            .filter(example -> recogniser.read(example.features()) == example.name())
            .count();
  }
}
