package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.StepPhase.Run;
import org.cnnc.compiler.train.Operation;
import org.junit.jupiter.api.Test;

/** Which images go through a step together; that it changes no bit is shown with all backends. */
final class GroupImagesTest {
  private static StepPhase images(int batch, Target target, int java) throws IOException {
    MechanicalSchedule mechanical = MechanicalSchedule.DEFAULT.withTarget(target).forJava(java);
    CompilerOptions options = CompilerOptions.DEFAULT.withMechanical(mechanical).withBatch(batch);
    return Texts.corpus("networks/lecture32.net", options)
        .program(ProgramKind.TRAINING)
        .step()
        .phases()
        .get(0);
  }

  private static ScheduledStep prediction(String network, Target target) throws IOException {
    MechanicalSchedule mechanical = MechanicalSchedule.DEFAULT.withTarget(target).forJava(25);
    CompilerOptions options = CompilerOptions.DEFAULT.withMechanical(mechanical);
    return Texts.corpus("networks/" + network, options).program(ProgramKind.PREDICTION).step();
  }

  private static List<String> together(StepPhase phase) {
    return phase.runs().stream()
        .filter(Run::together)
        .flatMap(run -> run.operations().stream())
        .map(Operation::name)
        .toList();
  }

  @Test
  void largeFullyConnectedLayersAreComputedForFourImagesAtOnce() throws IOException {
    for (StepPhase phase : List.of(images(32, Target.VECTOR, 17), images(32, Target.PLAIN, 25))) {
      assertThat(phase.group()).isEqualTo(4);
      assertThat(together(phase)).containsExactly("fc1", "fc1.d_input");
      assertThat(phase.runs())
          .extracting(Run::together)
          .containsExactly(false, true, false, true, false);
    }
  }

  /** The first weight is not large beside the values, the second one is small. */
  @Test
  void imagesOfAGroupTakeConvolutionsWithALargeWeightInTurn() throws IOException {
    StepPhase phase = images(wide(), 32);
    assertThat(phase.inTurn())
        .extracting(Operation::name)
        .containsExactlyInAnyOrder("conv3", "conv3.d_parameters", "conv3.d_input");
    assertThat(phase.runs())
        .filteredOn(run -> phase.inTurn().containsAll(run.operations()))
        .extracting(run -> run.operations().size())
        .containsExactly(1, 1, 1);
    assertThat(images(wide(), 8).inTurn()).as("blocks of one image").isEmpty();
  }

  @Test
  void onlyGroupsTakeOperationsInTurn() throws IOException {
    StepPhase phase = images(wide(), 32);
    Set<Operation> conv3 = phase.inTurn();
    assertThatThrownBy(() -> phase.inGroups(1, Set.of(), conv3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 operations for groups of 1");
    assertThatThrownBy(() -> phase.inGroups(4, conv3, conv3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operations for a group at once and in turn");
  }

  @Test
  void whatIsInTurnIsPrinted() throws IOException {
    ScheduledStep step =
        Texts.compile("wide.net", wide(), Texts.VECTOR).program(ProgramKind.TRAINING).step();
    assertThat(ScheduledStepPrinter.print(step).lines())
        .filteredOn(line -> line.endsWith(", images in turn"))
        .hasSize(3);
    assertThat(ScheduledStepPrinter.print(step).lines())
        .filteredOn(line -> line.endsWith(", a group at once"))
        .hasSize(2);
  }

  @Test
  void predictionsGainNothingFromThat() throws IOException {
    ScheduledStep step =
        Texts.compile("wide.net", wide(), Texts.VECTOR).program(ProgramKind.PREDICTION).step();
    assertThat(step.phases().get(0).group()).isEqualTo(4);
    assertThat(step.phases().get(0).inTurn()).isEmpty();
  }

  /**
   * Convolutions with 73,856, 36,896 and 73,984 floats of weight and bias, beside 73,728 values and
   * more, some 10,000 and 4,608 of an image.
   */
  private static String wide() {
    return """
    network Wide {
        input image[64, 32, 32];
        output label = image -> conv(128, kernel = 3, padding = same) -> relu -> maxpool(4)
            -> conv(32, kernel = 3, padding = same) -> relu -> maxpool(2)
            -> conv(256, kernel = 3, padding = same) -> relu
            -> flatten -> fc(64) -> relu -> fc(3) -> softmax;
        loss cross_entropy(label);
        train { optimizer = sgd(rate = 0.1); batch = 32; }
    }
    """;
  }

  private static StepPhase images(String text, int batch) throws IOException {
    return Texts.compile("wide.net", text, Texts.VECTOR.withBatch(batch))
        .program(ProgramKind.TRAINING)
        .step()
        .phases()
        .get(0);
  }

  @Test
  void groupsShareABlockEvenly() throws IOException {
    assertThat(images(128, Target.VECTOR, 17).group()).as("16 a block").isEqualTo(4);
    assertThat(images(40, Target.VECTOR, 17).group()).as("5 a block").isEqualTo(3);
    assertThat(images(16, Target.VECTOR, 17).group()).as("2 a block").isEqualTo(2);
  }

  @Test
  void blocksOfOneImageHaveNoGroups() throws IOException {
    assertThat(images(8, Target.VECTOR, 17).group()).isEqualTo(1);
    assertThat(images(1, Target.VECTOR, 17).group()).isEqualTo(1);
  }

  @Test
  void loopsThatAddToOneRowOfSumsGainNothing() throws IOException {
    assertThat(images(32, Target.PLAIN, 17).group()).isEqualTo(1);
  }

  @Test
  void predictionsShareAWeightThatIsReadAsStored() throws IOException {
    ScheduledStep step = prediction("lecture32.net", Target.VECTOR);
    assertThat(step.mostImages()).isEqualTo(4);
    assertThat(together(step.phases().get(0))).containsExactly("fc1");
    assertThat(step.kernelsOfOne()).containsOnlyKeys("fc1");
    assertThat(step.forGroupsOfOne().imagesAtOnce(step.operation("fc1"))).isEqualTo(1);
  }

  @Test
  void otherPredictionsComeOneByOne() throws IOException {
    assertThat(prediction("lecture32.net", Target.PLAIN).mostImages()).isEqualTo(1);
    assertThat(prediction("lenet28.net", Target.VECTOR).mostImages()).isEqualTo(1);
  }
}
