package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.api.Test;

/** Which work is cut inside an image; that it changes no bit is shown with all backends. */
final class CutImagesTest {
  private static List<StepPhase> phases(int batch, Target target) throws IOException {
    MechanicalSchedule mechanical = MechanicalSchedule.DEFAULT.withTarget(target);
    CompilerOptions options = CompilerOptions.DEFAULT.withMechanical(mechanical).withBatch(batch);
    return Texts.corpus("networks/winograd.net", options)
        .program(ProgramKind.TRAINING)
        .step()
        .phases();
  }

  /** The phases of a text's training whose tasks are parts of an image. */
  private static List<StepPhase> cut(String text) {
    return cut(
        Texts.compile("test.net", text, Texts.VECTOR)
            .program(ProgramKind.TRAINING)
            .step()
            .phases());
  }

  private static List<StepPhase> cut(List<StepPhase> phases) {
    return phases.stream().filter(phase -> phase.parts() > 1).toList();
  }

  @Test
  void aSingleImageIsCutWhereItIsMuchWork() throws IOException {
    List<StepPhase> phases = phases(1, Target.VECTOR);
    assertThat(cut(phases))
        .extracting(StepPhase::name)
        .contains("conv2.parts", "conv2.d_input.parts");
    assertThat(phases)
        .filteredOn(phase -> phase.parts() == 1)
        .flatExtracting(StepPhase::operations)
        .extracting(operation -> operation.name())
        .contains("conv1", "fc1", "loss", "fc1.d_parameters");
  }

  @Test
  void valuesMayHaveTheNamesOfPhases() {
    String text =
        """
        network Names {
            input image[3, 32, 32];
            clear = image -> conv(32, kernel = 3, padding = same) -> relu;
            prepare = clear -> conv(32, kernel = 3, padding = same) -> relu;
            images = prepare -> conv(32, kernel = 5, padding = same) -> maxpool(2);
            output label = images -> flatten -> fc(2) -> softmax;
            loss cross_entropy(label);
            train { batch = 1; }
        }
        """;
    assertThat(cut(text)).isNotEmpty();
  }

  /** One strip has room for its 16 tiles: without more strips one thread would compute alone. */
  @Test
  void aSmallMapByWinogradIsCut() {
    String text =
        """
        network Small {
            input image[64, 8, 8];
            output label = image -> conv(128, kernel = 3, padding = same) -> relu
                -> conv(128, kernel = 3, padding = same) -> relu -> flatten -> fc(2) -> softmax;
            loss cross_entropy(label);
            train { batch = 1; }
        }
        """;
    assertThat(cut(text))
        .extracting(StepPhase::name)
        .contains("conv1.parts", "conv2.parts", "conv2.d_input.parts");
  }

  @Test
  void severalImagesAreNotCut() throws IOException {
    assertThat(phases(2, Target.VECTOR)).allMatch(phase -> phase.parts() == 1).hasSize(2);
  }

  @Test
  void thePlainTargetIsNotCut() throws IOException {
    assertThat(phases(1, Target.PLAIN)).allMatch(phase -> phase.parts() == 1).hasSize(2);
  }
}
