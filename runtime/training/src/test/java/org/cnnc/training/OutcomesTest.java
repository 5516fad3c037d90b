package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.Outcomes.Confidence;
import org.cnnc.training.Outcomes.Mistake;
import org.cnnc.training.data.MemoryDataset;
import org.junit.jupiter.api.Test;

/**
 * A network whose logits are three times its first three inputs, on images by hand. Probabilities
 * of the logits (3, 0, 0): e^3 / (e^3 + 2) = 0.9094 and 0.0453; of (0, 0, 0): a third.
 */
class OutcomesTest {
  private static final float[] IMAGES = {
    1, 0, 0, 0, // says a, surely
    1, 0, 0, 0, // says a, surely, is c
    0, 1, 0, 0, // says b, surely
    0, 0, 0, 0, // says a, by chance, is b
    0, 0, 0, 0, // says a, by chance
    0, 0, 1, 0, // says c, surely, is a
  };

  private final Outcomes outcomes =
      Outcomes.of(session(), MemoryDataset.ofFloats("d", IMAGES, new int[] {0, 2, 1, 1, 0, 0}), 3);

  private static PredictionSession session() {
    LinearNetwork network = LinearNetwork.prediction();
    for (int k = 0; k < 3; k++) {
      network.rows(1)[k][k] = 3;
    }
    return new PredictionSession(network, ProgramInfo.parse(network.description()), 3);
  }

  @Test
  void countsAreThoseOfTheEvaluation() {
    assertThat(outcomes.images()).isEqualTo(6);
    assertThat(outcomes.evaluation().confusion())
        .containsExactly(List.of(2, 0, 1), List.of(1, 1, 0), List.of(1, 0, 0));
    double sure = Math.log(Math.exp(3) + 2);
    double loss = (4 * sure - 2 * 3 + 2 * Math.log(3)) / 6;
    assertThat(outcomes.evaluation().meanLoss()).isCloseTo(loss, within(1e-6));
  }

  @Test
  void theRightClassIsAmongTheFirst() {
    assertThat(outcomes.topAccuracy(1)).isEqualTo(3.0 / 6);
    // Among three equally probable classes b comes second; a and b come before c.
    assertThat(outcomes.topAccuracy(2)).isEqualTo(5.0 / 6);
    assertThat(outcomes.topAccuracy(3)).isEqualTo(1);
  }

  @Test
  void theWorstMistakesComeFirst() {
    List<Mistake> mistakes = outcomes.worstMistakes(9);
    assertThat(mistakes).extracting(Mistake::image).containsExactly(1, 5, 3);
    assertThat(mistakes.get(0).right()).isEqualTo(2);
    assertThat(mistakes.get(0).said()).isZero();
    assertThat(mistakes.get(0).saidProbability()).isCloseTo(0.909443f, within(1e-6f));
    assertThat(mistakes.get(0).rightProbability()).isCloseTo(0.045279f, within(1e-6f));
    assertThat(outcomes.worstMistakes(2)).isEqualTo(mistakes.subList(0, 2));
  }

  @Test
  void probabilitiesAreComparedWithTheTruth() {
    List<Confidence> ranges = outcomes.calibration(5);
    assertThat(ranges).extracting(Confidence::images).containsExactly(0, 2, 0, 0, 4);
    assertThat(ranges.get(0).confidence()).isNaN();
    assertThat(ranges.get(0).accuracy()).isNaN();
    assertThat(ranges.get(1).confidence()).isCloseTo(1.0 / 3, within(1e-6));
    assertThat(ranges.get(1).accuracy()).isEqualTo(0.5);
    assertThat(ranges.get(4).confidence()).isCloseTo(0.909443, within(1e-6));
    assertThat(ranges.get(4).accuracy()).isEqualTo(0.5);
    double error = (2 * (0.5 - 1.0 / 3) + 4 * (0.909443 - 0.5)) / 6;
    assertThat(outcomes.calibrationError(5)).isCloseTo(error, within(1e-6));
  }

  @Test
  void noImagesMakeNoMistakes() {
    Outcomes none =
        Outcomes.of(session(), MemoryDataset.ofFloats("d", new float[0], new int[0]), 1);
    assertThat(none.worstMistakes(3)).isEmpty();
    assertThat(none.topAccuracy(1)).isZero();
    assertThat(none.calibrationError(10)).isZero();
  }
}
