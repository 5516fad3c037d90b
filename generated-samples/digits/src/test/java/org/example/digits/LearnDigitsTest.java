package org.example.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnDigitsTest {
  @TempDir private Path folder;

  /** Guessing is right one time in ten. */
  @Test
  void readsDigitsThatItHasNotLearnt() throws Exception {
    DataReader.Data data = LearnDigits.read(Path.of("data"));
    Safetensors weights = LearnDigits.learn(data, TrainingListener.NONE);
    Path file = folder.resolve("digits.safetensors");
    weights.write(file);
    Digits model = Digits.load(file);
    Dataset tests = data.test().orElseThrow();
    int right = 0;
    for (int i = 0; i < tests.size(); i++) {
      int[] argb = DigitPicture.of(tests, i).argb();
      Digits.Answer answer = model.classify(argb, DigitPicture.SIDE, DigitPicture.SIDE);
      right += answer.label().text().equals("" + tests.label(i)) ? 1 : 0;
    }
    assertEquals(LearnDigits.test(weights, tests).correct(), right);
    assertEquals(200, tests.size());
    assertTrue(right >= 160, right + " of 200 digits read rightly");
  }

  @Test
  void digitsAreShownAsText() throws Exception {
    String text = DigitPicture.of(LearnDigits.read(Path.of("data")).training(), 0).text();
    assertEquals(14, text.lines().count());
    assertTrue(text.contains("##"), text);
  }
}
