package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what a build made is still what its parameters ask for. */
final class BuildRecordTest {
  @TempDir Path base;

  @Test
  void anOutputIsKnownByAnyWayToIt() throws IOException {
    Path file = base.resolve("target/weights/W.safetensors");
    Files.createDirectories(file.getParent());
    Files.createDirectories(base.resolve("target/classes"));
    Files.writeString(file, "weights");
    Path roundabout = base.resolve("target/classes/../weights/W.safetensors");
    for (Path named : List.of(file, roundabout)) {
      Path record = base.resolve("W.record");
      BuildRecord.of("inputs", List.of(named)).write(record, base);
      BuildRecord read = BuildRecord.read(record, base);
      assertThat(read.isCurrent("inputs", file)).as("%s", named).isTrue();
      assertThat(read.isCurrent("inputs", roundabout)).as("%s", named).isTrue();
      assertThat(read.isCurrent("others", file)).isFalse();
      assertThat(read.isCurrent("inputs", base.resolve("W.safetensors"))).isFalse();
    }
    Files.writeString(file, "others");
    assertThat(BuildRecord.read(base.resolve("W.record"), base).isCurrent("inputs", file))
        .isFalse();
  }
}
