package org.cnnc.compiler.run;

import org.junit.jupiter.api.Test;

/**
 * Random networks, ten in a build and 20,000 with {@code -Pcampaign}. The seeds are those of {@link
 * RandomNetworksTest}, which has more targets and schedules, and fewer networks.
 */
final class NetworkCampaignTest {
  private static final boolean FULL = Boolean.getBoolean("cnnc.campaign");

  @Test
  void interpreterSourceAndBytecodeAgree() throws InterruptedException {
    long first = Long.getLong("cnnc.fuzz.seed", 1_000_000);
    int count = Integer.getInteger("cnnc.fuzz.inputs", FULL ? 20_000 : 10);
    int threads = FULL ? Runtime.getRuntime().availableProcessors() : 1;
    new NetworkCampaign(first, count).run(threads);
  }
}
