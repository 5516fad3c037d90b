package org.cnnc.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured runs, and is counted by definition. */
class RunningNetworkTest {
  /** 8 x 16 x 25 multiply-adds for each of 14 x 14 pixels; behind it 2 x 16 of 2 x 2, and 8 x 2. */
  private static final double LENET28_CONV2 =
      2.0 * (14 * 14 * 16 * 8 * 25 + 2 * 2 * 2 * 16 + 8 * 2);

  private static double flops(Job job, Target target, int batch) {
    try (RunningNetwork network =
        RunningNetwork.of(Kernel.LENET28_CONV2.text(), job, target, batch)) {
      network.run();
      return network.flops();
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aMultiplyAddIsTwoAndATrainingStepThreeForwardPassesAnImage(Target target) {
    assertThat(flops(Job.PREDICT, target, 5)).isEqualTo(LENET28_CONV2);
    assertThat(flops(Job.TRAIN, target, 5)).isEqualTo(LENET28_CONV2 * 3 * 5);
  }

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void everyTableHasNetworksThatCompile(Scaling table) {
    int size = table.sizes().get(1);
    try (RunningNetwork network =
        RunningNetwork.of(table.text(size), Job.TRAIN, Target.PLAIN, table.batch(size))) {
      network.run();
      assertThat(network.flops()).isPositive();
    }
  }
}
