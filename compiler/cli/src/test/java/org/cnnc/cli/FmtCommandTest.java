package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String LOOSE = "network N{ x=1 ;// one\n}";
  private static final String CANONICAL = "network N {\n    x = 1;  // one\n}\n";

  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNamed() throws IOException {
    Path file = write("loose.net", LOOSE);
    assertThat(Cnnc.run("fmt", file)).isEqualTo(new Cnnc.Result(0, file + "\n", ""));
    assertThat(file).hasContent(CANONICAL);
    assertThat(folder.toFile().list()).containsExactly("loose.net");
  }

  @Test
  void aFileInItsLayoutIsNotTouched() throws IOException {
    Path file = write("canonical.net", CANONICAL);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertThat(Cnnc.run("fmt", file)).isEqualTo(new Cnnc.Result(0, "", ""));
    assertThat(Cnnc.run("fmt", "--check", file)).isEqualTo(new Cnnc.Result(0, "", ""));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000_000));
  }

  @Test
  void carriageReturnsAndAByteOrderMarkAreRemoved() throws IOException {
    Path file = write("windows.net", "\uFEFF" + CANONICAL.replace("\n", "\r\n"));
    assertThat(Cnnc.run("fmt", "--check", file)).isEqualTo(new Cnnc.Result(1, file + "\n", ""));
    assertThat(Cnnc.run("fmt", file).exitCode()).isZero();
    assertThat(Files.readString(file)).isEqualTo(CANONICAL);
  }

  @Test
  void checkNamesWhatWouldChangeAndChangesNothing() throws IOException {
    Path loose = write("loose.net", LOOSE);
    Path canonical = write("canonical.net", CANONICAL);
    assertThat(Cnnc.run("fmt", "--check", canonical, loose))
        .isEqualTo(new Cnnc.Result(1, loose + "\n", ""));
    assertThat(loose).hasContent(LOOSE);
  }

  @Test
  void aFileWithASyntaxErrorIsLeftAloneAndTheOthersHaveTheirTurn() throws IOException {
    Path broken = write("broken.net", "network N { x = 1 }");
    Path loose = write("loose.net", LOOSE);
    Cnnc.Result result = Cnnc.run("fmt", broken, folder.resolve("none.net"), loose);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo(loose + "\n");
    assertThat(result.err()).contains("error[CNN002]: missing `;`").contains("none.net: no such");
    assertThat(broken).hasContent("network N { x = 1 }");
    assertThat(loose).hasContent(CANONICAL);
  }

  @Test
  void standardInputGoesToStandardOutput() {
    assertThat(withInput(LOOSE, "fmt", "-")).isEqualTo(new Cnnc.Result(0, CANONICAL, ""));
    assertThat(withInput(LOOSE, "fmt", "--check", "-"))
        .isEqualTo(new Cnnc.Result(1, "standard input\n", ""));
    assertThat(withInput(CANONICAL, "fmt", "--check", "-")).isEqualTo(new Cnnc.Result(0, "", ""));
    assertThat(withInput("\"", "fmt", "-").exitCode()).isEqualTo(1);
  }

  @Test
  void linksAndPermissionsStay() throws IOException {
    Path file = write("loose.net", LOOSE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r-x"));
    Path link = Files.createSymbolicLink(folder.resolve("link.net"), file);
    assertThat(Cnnc.run("fmt", link).exitCode()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent(CANONICAL);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r-x");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Cnnc.Result withInput(String text, Object... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return Cnnc.run(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
