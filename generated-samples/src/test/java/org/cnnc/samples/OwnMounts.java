package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Runs commands with mounts of their own, which Linux alone has, and not for everybody. */
final class OwnMounts {
  /** What the kernel says where it does not give them: to be mended by nobody but the machine's. */
  private static final Pattern REFUSAL =
      Pattern.compile("not permitted|Permission denied|No space left on device");

  private OwnMounts() {}

  /** A command with mounts of its own, as the root of its own. */
  static JavaProcess process(String... command) {
    List<String> words = new ArrayList<>(List.of("--map-root-user", "--mount"));
    words.addAll(List.of(command));
    return new JavaProcess(words).on(Path.of("unshare"));
  }

  /**
   * Skips the test that asks where there are no such mounts, and prints why. Where the environment
   * says {@code CI=true}, on Linux, only the kernel may be the reason: a test that could run there
   * must not be left out by mistake.
   */
  static void assumeThere(String test) throws InterruptedException {
    String missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    String skipped = test + " is skipped, no mounts of one's own: " + missing;
    System.out.println(skipped);
    assertThat(mustRun(missing, System.getProperty("os.name"), System.getenv("CI")))
        .as(skipped + ", and CI=true")
        .isFalse();
    assumeTrue(false, skipped);
  }

  /** Whether what is missing could be there. */
  static boolean mustRun(String missing, String system, String ci) {
    return "true".equals(ci)
        && system.toLowerCase(Locale.ROOT).contains("linux")
        && !REFUSAL.matcher(missing).find();
  }

  private static String missing() throws InterruptedException {
    try {
      JavaProcess.Result result = process("true").run();
      return result.exitCode() == 0 ? "" : "exit code " + result.exitCode() + result.output();
    } catch (IOException e) {
      return e.getMessage() + " (Debian: util-linux)";
    }
  }
}
