package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnMountsTest {
  private static final String NO_COMMAND = "Cannot run program \"unshare\": error=2";

  @Test
  void aBuildOfCiFailsWhereATestOnMountsCouldRun() {
    assertThat(OwnMounts.mustRun(NO_COMMAND, "Linux", "true")).isTrue();
    assertThat(OwnMounts.mustRun("exit code 1 unshare: unknown option", "Linux", "true")).isTrue();
  }

  @Test
  void itIsLeftOutElsewhereAndWhereTheKernelRefuses() {
    assertThat(OwnMounts.mustRun(NO_COMMAND, "Linux", null)).isFalse();
    assertThat(OwnMounts.mustRun(NO_COMMAND, "Mac OS X", "true")).isFalse();
    String refused = "exit code 1 unshare: unshare failed: Operation not permitted";
    assertThat(OwnMounts.mustRun(refused, "Linux", "true")).isFalse();
  }
}
