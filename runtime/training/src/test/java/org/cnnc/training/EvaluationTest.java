package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.MemoryDataset;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** scikit-learn gives these numbers for the classes 0 0 0 1 1 2 and the answers 0 0 1 1 2 2. */
  private final Evaluation evaluation =
      new Evaluation(
          List.of("a", "b", "c"), List.of(List.of(2, 1, 0), List.of(0, 1, 1), List.of(0, 0, 1)), 0);

  @Test
  void metricsFollowTheirDefinitions() {
    assertThat(evaluation.images()).isEqualTo(6);
    assertThat(evaluation.correct()).isEqualTo(4);
    assertThat(evaluation.accuracy()).isEqualTo(4.0 / 6);
    assertThat(evaluation.support(0)).isEqualTo(3);
    assertThat(evaluation.precision(0)).isEqualTo(1);
    assertThat(evaluation.recall(0)).isEqualTo(2.0 / 3);
    assertThat(evaluation.f1(0)).isEqualTo(0.8);
    assertThat(evaluation.precision(1)).isEqualTo(0.5);
    assertThat(evaluation.f1(2)).isCloseTo(2.0 / 3, within(1e-15));
  }

  @Test
  void classesWithoutImagesCountAsZero() {
    Evaluation none = new Evaluation(List.of("a", "b"), List.of(List.of(1, 0), List.of(0, 0)), 0);
    assertThat(none.precision(1)).isZero();
    assertThat(none.recall(1)).isZero();
    assertThat(none.f1(1)).isZero();
  }

  @Test
  void anyNumberOfThreadsCountsTheSame() {
    LinearNetwork network = LinearNetwork.prediction();
    for (int k = 0; k < 3; k++) {
      network.rows(1)[k][k] = 3;
    }
    PredictionSession session =
        new PredictionSession(network, ProgramInfo.parse(network.description()), 3);
    int images = 100;
    float[] values = new float[4 * images];
    int[] labels = new int[images];
    double loss = 0;
    for (int i = 0; i < images; i++) {
      values[4 * i + i % 3] = 1;
      labels[i] = i % 10 == 0 ? (i + 1) % 3 : i % 3;
      // Logits are 3 for one class and 0 for two.
      loss += Math.log(Math.exp(3) + 2) - (i % 10 == 0 ? 0 : 3);
    }
    MemoryDataset data = MemoryDataset.ofFloats("d", values, labels);
    Evaluation one = Evaluation.of(session, data, 1);
    assertThat(one.classes()).containsExactly("a", "b", "c");
    assertThat(one.correct()).isEqualTo(90);
    assertThat(one.meanLoss()).isCloseTo(loss / images, within(1e-6));
    assertThat(Evaluation.of(session, data, 7)).isEqualTo(one);
  }

  @Test
  void labelsBeyondTheNetworksAreRefused() {
    LinearNetwork network = LinearNetwork.prediction();
    PredictionSession session =
        new PredictionSession(network, ProgramInfo.parse(network.description()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Evaluation.of(session, MemoryDataset.ofFloats("d", new float[4], new int[] {3}), 1))
        .withMessage("image 0 has class 3 of 3");
  }
}
