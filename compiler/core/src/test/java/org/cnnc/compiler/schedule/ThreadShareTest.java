package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.PhaseInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which phases are too little work for a second thread. */
final class ThreadShareTest {
  private static final String SMALL =
      """
      network Small {
          input image[1, 6, 6];
          output answer = image -> conv(2, kernel = 3) -> relu -> flatten -> fc(2) -> softmax;
          loss cross_entropy(answer);
          train { optimizer = sgd(rate = 0.1); batch = 8; }
      }
      """;

  private static CompilerOptions options(Target target, int batch) {
    return CompilerOptions.DEFAULT
        .withMechanical(MechanicalSchedule.DEFAULT.withTarget(target))
        .withBatch(batch);
  }

  /** Names of the phases with tasks for several threads, which do or do not stay on one. */
  private static List<String> phases(String description, boolean small) {
    return ProgramInfo.parse(description).phases().stream()
        .filter(phase -> phase.tasks() > 1 && phase.small() == small)
        .map(PhaseInfo::name)
        .collect(Collectors.toList());
  }

  private static String large(int batch, Target target) throws IOException {
    return Texts.corpus("networks/winograd.net", options(target, batch))
        .program(ProgramKind.TRAINING)
        .plan()
        .description();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aStepOfAFewThousandMultiplyAddsStaysOnOneThread(Target target) {
    String description =
        Texts.compile("small.net", SMALL, options(target, 8))
            .program(ProgramKind.TRAINING)
            .plan()
            .description();
    assertThat(phases(description, true)).containsExactly("prepare", "images", "parameters");
    assertThat(phases(description, false)).isEmpty();
  }

  @Test
  void manySmallImagesAreWorkForTwo() {
    String description =
        Texts.compile("small.net", SMALL, options(Target.VECTOR, 256))
            .program(ProgramKind.TRAINING)
            .plan()
            .description();
    assertThat(phases(description, false)).containsExactly("images");
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aNetworkOfMillionsIsWorkForAllThreads(Target target) throws IOException {
    assertThat(phases(large(32, target), true)).isEmpty();
    assertThat(phases(large(32, target), false)).contains("prepare", "images", "parameters");
  }

  @Test
  void partsOfTheOnlyImageAreWorkForAllThreads() throws IOException {
    assertThat(phases(large(1, Target.VECTOR), false))
        .contains("conv2.parts", "conv2.d_input.parts", "parameters");
  }
}
