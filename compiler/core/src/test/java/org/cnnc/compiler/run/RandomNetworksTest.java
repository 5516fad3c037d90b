package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks: all backends give the same bits. The seed is the test's argument, and the text
 * is in the message of a failure. {@code -Dcnnc.fuzz.networks=500} runs more of them, {@code
 * -Dcnnc.fuzz.seed=1000} others. What broke once is kept by {@link RegressionsTest}.
 */
final class RandomNetworksTest {
  static LongStream seeds() {
    long first = Long.getLong("cnnc.fuzz.seed", 0);
    return LongStream.range(first, first + Long.getLong("cnnc.fuzz.networks", 40));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void backendsAgree(long seed) throws IOException {
    boolean withSource = seed % 4 == 0;
    Agreement.check(RandomNetwork.text(seed), withSource);
  }
}
