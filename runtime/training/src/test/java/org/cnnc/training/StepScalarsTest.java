package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.Setting;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.junit.jupiter.api.Test;

class StepScalarsTest {
  private static final TrainInfo ADAM =
      new TrainInfo(
          "adam",
          4,
          1,
          1,
          Optional.empty(),
          List.of(new Setting("beta1", 0.9f), new Setting("beta2", 0.999f)));

  @Test
  void adamsCorrectionsFollowTheirDefinition() {
    StepScalars scalars =
        new StepScalars(
            List.of("adam_inverse_sqrt_correction", "adam_step_size", "rate", "inverse_images"),
            ADAM,
            0.001f);
    float[] row = new float[4];
    for (int step = 1; step <= 50; step++) {
      scalars.next(3, row);
      // The powers differ from repeated products by far less than a float's last place.
      float size = (float) (0.001 / (1 - StrictMath.pow(0.9, step)));
      float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(0.999, step)));
      assertThat(row[1]).isBetween(Math.nextDown(size), Math.nextUp(size));
      assertThat(row[0]).isBetween(Math.nextDown(correction), Math.nextUp(correction));
      assertThat(row[2]).isEqualTo(0.001f);
      assertThat(row[3]).isEqualTo(1f / 3);
    }
  }

  @Test
  void restoredScalarsGoOn() {
    List<String> names = List.of("first_step", "adam_step_size", "adam_inverse_sqrt_correction");
    StepScalars oracle = new StepScalars(names, ADAM, 0.01f);
    float[] expected = new float[3];
    for (int step = 1; step <= 20; step++) {
      oracle.next(1, expected);
      StepScalars restored = new StepScalars(names, ADAM, 0.01f);
      restored.restore(step - 1);
      float[] row = new float[3];
      restored.next(1, row);
      assertThat(row).isEqualTo(expected);
      assertThat(row[0]).isEqualTo(step == 1 ? 1f : 0f);
    }
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepScalars(List.of("speed"), ADAM, 1f))
        .withMessage("unknown scalar of a step: speed");
  }

  @Test
  void decimalsAreWhatTheUserWrote() {
    assertThat(Decimals.shortest(0.9f).doubleValue()).isEqualTo(0.9);
    assertThat(Decimals.shortest(0.003f).toPlainString()).isEqualTo("0.003");
    assertThat(Decimals.shortest(2e-3f).toPlainString()).isEqualTo("0.002");
    assertThat(Decimals.shortest(16777216f).toPlainString()).isEqualTo("16777216");
    assertThat(Decimals.shortest(1f / 3).floatValue()).isEqualTo(1f / 3);
    assertThat(Decimals.text(0.01f)).isEqualTo("0.01");
    assertThat(Decimals.text(100f)).isEqualTo("100");
    assertThat(Decimals.text(3e38f)).isEqualTo("3E+38");
    assertThat(Decimals.text(1e-30f)).isEqualTo("1E-30");
    assertThat(Decimals.sixPlaces(0.98765449)).isEqualTo("0.987654");
    assertThat(Decimals.sixPlaces(Double.NaN)).isEqualTo("not finite");
  }
}
