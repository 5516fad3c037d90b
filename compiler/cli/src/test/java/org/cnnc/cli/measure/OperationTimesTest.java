package org.cnnc.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An operation is measured right behind those before it: later ones use its memory again, and a
 * number that is no place any more would be one outside of its array.
 */
final class OperationTimesTest {
  private static final List<String> ALL = List.of("conv", "pool", "pool.d_input", "conv.d_input");

  /** Notes who ran, each a microsecond long; who runs again and again is noted once. */
  private static final class Noted implements OperationRunner {
    private final List<String> ran = new ArrayList<>();
    private long clock;

    @Override
    public List<String> operations() {
      return ALL;
    }

    @Override
    public int images(String operation) {
      return 1;
    }

    @Override
    public void run(String operation) {
      clock += 1_000;
      if (ran.isEmpty() || !ran.get(ran.size() - 1).equals(operation)) {
        ran.add(operation);
      }
    }
  }

  @Test
  void samplesAreInTheOrderOfAStep() {
    Noted runner = new Noted();
    OperationTimes times =
        new OperationTimes(runner, List.of("pool.d_input", "conv"), () -> runner.clock);
    times.sample();
    assertThat(runner.ran).isEqualTo(ALL);
    times.sample();
    assertThat(runner.ran.subList(ALL.size(), runner.ran.size())).isEqualTo(ALL);
    assertThat(times.seconds("conv")).isCloseTo(1e-6, within(1e-12));
  }

  @Test
  void whatWarmsUpRunsBehindThoseBeforeIt() {
    Noted runner = new Noted();
    OperationTimes times = new OperationTimes(runner, List.of("pool.d_input"), () -> runner.clock);
    times.warmUp(0.5, 0.5);
    assertThat(runner.ran).containsExactly("conv", "pool", "pool.d_input");
  }
}
