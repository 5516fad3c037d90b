package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.maven.TestProject.Build;
import org.junit.jupiter.api.Test;

/** The builds of the tests are run by the Maven that is asked for, whichever runs the tests. */
class MavenOfTestsTest {
  @Test
  void bothWaysToRunABuildHaveIt() throws Exception {
    String home = "Maven home: " + System.getProperty("maven.home") + "\n";
    TestProject project = TestProject.copyOf("app", "version");
    Build inProcess = project.maven("--version");
    assertThat(inProcess.log()).contains("Apache Maven ", home);
    Build ofItsOwn = project.mavenWith(TestProject.FAST_START, "--version");
    assertThat(ofItsOwn.log()).contains("Apache Maven ", home);
  }
}
