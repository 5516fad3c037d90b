package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change of data. */
class FingerprintTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    write("data/house/1.png", "a house");
  }

  @Test
  void contentsNamesAndPlacesCount() throws IOException {
    String before = fingerprint();
    assertThat(fingerprint()).isEqualTo(before);
    write("data/house/1.png", "another");
    assertThat(fingerprint()).isNotEqualTo(before);
    write("data/house/1.png", "a house");
    assertThat(fingerprint()).isEqualTo(before);
    Files.move(data.resolve("house"), data.resolve("tree"));
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  /** The reader of data does not see them. */
  @Test
  void hiddenFilesDoNotCount() throws IOException {
    String before = fingerprint();
    write("data/.DS_Store", "a desktop's");
    write("data/.git/1.png", "a tool's");
    assertThat(fingerprint().equals(before)).isEqualTo(Files.isHidden(data.resolve(".git")));
  }

  @Test
  void theRootMayBeHidden() throws IOException {
    Files.move(data, folder.resolve(".data"));
    data = folder.resolve(".data");
    String before = fingerprint();
    write(".data/house/1.png", "another");
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  /** Data are often kept elsewhere, and linked into the project. */
  @Test
  void changesBehindLinksAreSeen() throws IOException {
    write("elsewhere/tree/1.png", "a tree");
    link("data/tree", folder.resolve("elsewhere/tree"));
    link("data/house/2.png", folder.resolve("elsewhere/tree/1.png"));
    String before = fingerprint();
    write("elsewhere/tree/1.png", "a spruce");
    String changed = fingerprint();
    assertThat(changed).isNotEqualTo(before);
    write("elsewhere/tree/2.png", "a fir");
    assertThat(fingerprint()).isNotEqualTo(changed);

    link("all", data);
    String direct = fingerprint();
    data = folder.resolve("all");
    assertThat(fingerprint()).isEqualTo(direct);
  }

  @Test
  void linksThatLeadNowhereOrBackEnd() throws IOException {
    String before = fingerprint();
    link("data/house/gone.png", folder.resolve("gone.png"));
    assertThat(fingerprint()).isEqualTo(before);
    link("data/house/all", data);
    String loop = fingerprint();
    assertThat(loop).isNotEqualTo(before);
    write("data/house/1.png", "another");
    assertThat(fingerprint()).isNotEqualTo(loop);
  }

  /** Of data that one file names, the others count, too. */
  @Test
  void whatAListNamesCounts() throws IOException {
    write("data/list.csv", "house/1.png,0\nhouse/2.png,1\n");
    data = data.resolve("list.csv");
    String before = fingerprint();
    write("data/house/2.png", "another");
    String changed = fingerprint();
    assertThat(changed).isNotEqualTo(before);
    write("data/house/1.png", "another");
    assertThat(fingerprint()).isNotEqualTo(changed);
  }

  @Test
  void theLabelsOfImagesCount() throws IOException {
    write("data/x-images-idx3-ubyte", "images");
    write("data/x-labels-idx1-ubyte.gz", "labels");
    data = data.resolve("x-images-idx3-ubyte");
    String before = fingerprint();
    write("data/x-labels-idx1-ubyte.gz", "others");
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  private String fingerprint() throws IOException {
    return new Fingerprint().withContent("data", data).value();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void link(String name, Path target) throws IOException {
    try {
      Files.createSymbolicLink(folder.resolve(name), target);
    } catch (UnsupportedOperationException | IOException e) {
      assumeTrue(false, "no links here: " + e); // Windows wants a privilege for them
    }
  }
}
