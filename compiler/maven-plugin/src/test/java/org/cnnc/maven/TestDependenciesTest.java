package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TestDependenciesTest {
  @Test
  void theVersionOfJUnitThatIsNamedIsTheOneWeTestWith() throws IOException {
    String parent = Files.readString(Path.of("../../pom.xml"));
    assertThat(parent)
        .contains("<junit.version>" + TestDependencies.JUNIT_VERSION + "</junit.version>");
  }
}
