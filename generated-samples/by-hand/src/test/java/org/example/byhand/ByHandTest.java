package org.example.byhand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The numbers are the lecture's; those of softmax were computed with another program. */
class ByHandTest {
  @Test
  void theTextIsTheLectures() {
    String expected =
        """
        1. ReLU(z) = max(0, z): a negative number becomes 0, the others stay.

           first slice
             0 -1  0       0  0  0
             3 -5  2   ->  3  0  2
            -2  7 -4       0  7  0

           second slice
             1 -3  6       1  0  6
             0  4 -1   ->  0  4  0
            -8  0  5       0  0  5

        2. Pooling with a 2 x 2 filter and stride 2: from 4 x 4 to 2 x 2, and nothing to learn.

             2  0  4  1
             1  1  2  1
             3  1  5  2
             2  2  1  4

           window 1: max(2, 0, 1, 1) -> 2   mean: (2 + 0 + 1 + 1) / 4 -> 1
           window 2: max(4, 1, 2, 1) -> 4   mean: (4 + 1 + 2 + 1) / 4 -> 2
           window 3: max(3, 1, 2, 2) -> 3   mean: (3 + 1 + 2 + 2) / 4 -> 2
           window 4: max(5, 2, 1, 4) -> 5   mean: (5 + 2 + 1 + 4) / 4 -> 3

           max   2  4   mean   1  2
                 3  5          2  3

        3. Flatten: the tensor becomes a vector, slice by slice, each row by row.

           first slice  second slice
             0  1         0  2
             0  1         3  4

           -> 0, 1, 0, 1, 0, 2, 3, 4

        4. Softmax: scores become probabilities, e^score / sum of all e^score.

           house   score 2   e^2 = 7.3891   7.3891 / 11.1073 -> 0.6652
           person  score 1   e^1 = 2.7183   2.7183 / 11.1073 -> 0.2447
           tree    score 0   e^0 = 1.0000   1.0000 / 11.1073 -> 0.0900
           sum 1.0000, and the largest says: house
        """;
    assertEquals(expected, ByHand.text().replace("\r\n", "\n"));
  }

  @Test
  void softmaxTakesLargeScores() {
    assertArrayEquals(new float[] {1, 0, 0}, Layers.softmax(1000, 0, -1000), 0);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0}, Layers.softmax(90, 90, -90), 1e-6f);
  }
}
