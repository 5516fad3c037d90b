package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verifier of schedules refuses, and what the printer says of tiles. */
final class ScheduleVerifierTest {
  private ScheduledStep step;

  @BeforeEach
  void schedule() throws IOException {
    step = Texts.corpus("backends/lecture.net").program(ProgramKind.TRAINING).step();
  }

  private ScheduledStep with(String operation, KernelChoice choice) {
    Map<String, Kernel> kernels = new HashMap<>(step.kernels());
    kernels.put(operation, new Kernel(step.kernels().get("conv1").work(), choice));
    return step.withKernels(kernels);
  }

  @Test
  void whatWasScheduledIsRight() {
    assertThatCode(() -> ScheduleVerifier.verify(step)).doesNotThrowAnyException();
  }

  @Test
  void everyConvolutionAndFullyConnectedLayerHasAKernel() {
    assertThat(step.kernels().keySet())
        .contains("conv1", "conv1.d_parameters", "conv2.d_input", "fc1", "fc1.d_parameters")
        .doesNotContain("conv1.d_input", "relu1", "maxpool1");
  }

  @Test
  void aKernelBelongsToAnOperation() {
    assertThatThrownBy(() -> ScheduleVerifier.verify(with("conv9", KernelChoice.ofSums(8))))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage("schedule: a kernel of conv9, which is no operation");
  }

  @Test
  void aTileIsOneThatKernelsCanHave() {
    for (KernelChoice choice :
        new KernelChoice[] {
          KernelChoice.ofSums(0),
          KernelChoice.ofSums(KernelChoice.MOST_SUMS + 1),
          new KernelChoice(8, 0),
          new KernelChoice(8, KernelChoice.MOST_VECTORS + 1)
        }) {
      assertThatThrownBy(() -> ScheduleVerifier.verify(with("conv1", choice)))
          .isInstanceOf(InternalCompilerError.class)
          .hasMessage("schedule: conv1 cannot have " + choice);
    }
  }

  @Test
  void aGroupIsPartOfABlock() {
    StepPhase images = step.phases().get(0);
    int most = step.numeric().imagesPerBlock();
    List<StepPhase> phases = new ArrayList<>(step.phases());
    phases.set(0, images.inGroups(most + 1, Set.of(), Set.of()));
    assertThatThrownBy(() -> ScheduleVerifier.verify(step.withPhases(phases)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage(
            "schedule: groups of %d images in blocks of %d, in images".formatted(most + 1, most));
  }

  /** The gradient of an input reads the weight that was used forward. */
  @Test
  void aWeightChangesBehindAllThatReadIt() {
    ScheduledStep each = step.phasePerOperation();
    assertThatCode(() -> ScheduleVerifier.verify(each)).doesNotThrowAnyException();
    StepPhase update = each.phase(step.operation("fc2.d_parameters"));
    StepPhase reader = each.phase(step.operation("fc2.d_input"));
    List<StepPhase> phases = new ArrayList<>(each.phases());
    phases.remove(update);
    phases.add(phases.indexOf(reader), update);
    assertThatThrownBy(() -> ScheduleVerifier.verify(step.withPhases(phases)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage("schedule: fc2.d_input needs fc2.weight before it changes");
  }

  @Test
  void aLossIsNotComputedForAGroupAtOnce() throws IOException {
    ScheduledStep large =
        Texts.corpus("networks/lecture32.net", Texts.VECTOR.withBatch(32))
            .program(ProgramKind.TRAINING)
            .step();
    List<StepPhase> phases = new ArrayList<>(large.phases());
    phases.set(0, phases.get(0).inGroups(4, Set.of(large.operation("loss")), Set.of()));
    assertThatThrownBy(() -> ScheduleVerifier.verify(large.withPhases(phases)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage("schedule: loss cannot be computed for a group at once");
  }

  @Test
  void tilesArePrintedBelowTheirOperation() {
    assertThat(ScheduledStepPrinter.print(with("conv1", new KernelChoice(6, 2))))
        .containsPattern(" {2}conv1: .*\n {4}tile 6 sums x 2 vectors\n");
    assertThat(ScheduledStepPrinter.print(with("conv2", KernelChoice.ofSums(1))))
        .containsPattern(" {2}conv2: .*\n {4}tile 1 sum\n");
  }
}
