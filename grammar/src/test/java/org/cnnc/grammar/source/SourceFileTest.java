package org.cnnc.grammar.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
  @TempDir Path folder;

  @Test
  void readsUtf8WithoutByteOrderMark() throws Exception {
    Path file = Files.writeString(folder.resolve("model.net"), "\uFEFFnetwork é");
    assertThat(SourceFile.read(file).text()).isEqualTo("network é");
    assertThat(SourceFile.read(file).name()).isEqualTo(file.toString());
  }

  @Test
  void aByteThatIsNotUtf8IsALoneSurrogate() throws Exception {
    SourceFile file = file('a', '\n', 'b', 0xE9, 'c', 0xC3, 0xA9);
    assertThat(file.text()).isEqualTo("a\nb\uDCE9cé");
    assertThat(file.strayByte()).hasValue(3);
  }

  @Test
  void aFileCutInsideACharacterIsNotUtf8() throws Exception {
    SourceFile file = file('a', 0xE2, 0x86);
    assertThat(file.text()).isEqualTo("a\uDCE2\uDC86");
    assertThat(file.strayByte()).hasValue(1);
  }

  /** They are no surrogates in UTF-8 but one character of four bytes, and may not be written so. */
  @Test
  void surrogatesOfTheirOwnAreNotUtf8() throws Exception {
    assertThat(file(0xED, 0xB3, 0xA9).strayByte()).hasValue(0);
    SourceFile smile = file('a', 0xF0, 0x9F, 0x98, 0x80);
    assertThat(smile.text()).isEqualTo("a\uD83D\uDE00");
    assertThat(smile.strayByte()).isEmpty();
  }

  private SourceFile file(int... bytes) throws Exception {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return SourceFile.read(Files.write(folder.resolve("model.net"), content));
  }

  /** Two bytes a character: what is read has half as many, and must not look like a small file. */
  @Test
  void ofAFileThatIsTooLargeEnoughIsReadToKnow() throws Exception {
    Path large =
        Files.writeString(folder.resolve("large"), "é".repeat(SourceFile.MAXIMUM_BYTES / 2) + "x");
    assertThat(SourceFile.read(large).text()).hasSizeGreaterThan(SourceFile.MAXIMUM_BYTES);
    Path allowed = Files.writeString(large, "é".repeat(SourceFile.MAXIMUM_BYTES / 2));
    assertThat(SourceFile.read(allowed).text()).hasSize(SourceFile.MAXIMUM_BYTES / 2);
  }

  @Test
  void refusesWhatIsMissingOrAFolder() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SourceFile.read(missing)).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> SourceFile.read(folder))
        .hasMessage(folder + ": is a folder, expected a file");
  }
}
