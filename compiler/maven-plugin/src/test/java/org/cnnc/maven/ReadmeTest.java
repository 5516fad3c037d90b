package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md shows of the plugin is what the builds of these tests have. */
class ReadmeTest {
  private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

  @Test
  void thePomOfTheReadmeIsThatOfTheTestedProject() throws IOException, URISyntaxException {
    Matcher xml = XML.matcher(Files.readString(Path.of("..", "..", "README.md")));
    assertThat(xml.find()).isTrue();
    Path pom = Path.of(ReadmeTest.class.getResource("/projects/app/pom.xml").toURI());
    assertThat(Files.readString(pom).replaceAll("(?m)^ +", ""))
        .contains(xml.group(1).replaceAll("(?m)^ +", ""));
  }
}
