package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** Where the tests find the samples. */
final class BuiltSamples {
  /** The copy that was built: its app is run. */
  static final HousePersonTreeSample HOUSE_PERSON_TREE =
      new HousePersonTreeSample(Path.of("target", "samples", "house-person-tree"));

  /** The project itself: its checked-in files are compared, and replaced when blessed. */
  static final HousePersonTreeSample HOUSE_PERSON_TREE_PROJECT =
      new HousePersonTreeSample(Path.of("house-person-tree"));

  private BuiltSamples() {}

  /** Whether the checked-in files are to be replaced by what comes out today. */
  static boolean blessing() {
    return Boolean.getBoolean("cnnc.bless");
  }

  /** Runs a process that must end well; returns what it printed. */
  static String outputOf(JavaProcess process) throws IOException, InterruptedException {
    JavaProcess.Result result = process.run();
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }
}
