package org.cnnc.grammar.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
  void namesTheFirstByteThatIsNotUtf8() throws IOException {
    Path file = Files.write(folder.resolve("model.net"), new byte[] {'a', '\n', 'b', (byte) 0xE9});
    assertThatThrownBy(() -> SourceFile.read(file))
        .isInstanceOf(SourceException.class)
        .hasMessage(file + ": byte 0xE9 at offset 3 (line 2) is not UTF-8");
  }

  @Test
  void aFileCutInsideACharacterIsNotUtf8() throws IOException {
    Path file =
        Files.write(folder.resolve("model.net"), new byte[] {'a', (byte) 0xE2, (byte) 0x86});
    assertThatThrownBy(() -> SourceFile.read(file))
        .hasMessage(file + ": byte 0xE2 at offset 1 (line 1) is not UTF-8");
  }

  @Test
  void refusesWhatIsTooLargeMissingOrAFolder() throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[SourceFile.MAXIMUM_BYTES + 1]);
    assertThatThrownBy(() -> SourceFile.read(large))
        .hasMessage(large + ": the file is larger than 1 MiB");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SourceFile.read(missing)).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> SourceFile.read(folder))
        .hasMessage(folder + ": is a folder, expected a file");
  }
}
