package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.report.EpochFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a training for the curves of its report. */
class RecordedEpochsTest {
  private static final EpochFigures FIRST = new EpochFigures(1, 0.7, 0.5, 0.1 + 0.2, 0.75);
  private static final EpochFigures SECOND =
      new EpochFigures(2, 1e-30, Double.NaN, Double.NaN, Double.NaN);
  private static final EpochFigures THIRD = new EpochFigures(3, 0.1, 1, 0.2, 1);

  @TempDir Path folder;

  @Test
  void aFileHasEveryBitOfTheFigures() throws IOException {
    Path file = folder.resolve("cnnc/epochs/Stripes.epochs");
    RecordedEpochs record = new RecordedEpochs("run", "weights", List.of(FIRST, SECOND));
    record.write(file);
    assertThat(RecordedEpochs.read(file)).isEqualTo(record);
  }

  @Test
  void whatIsMissingOrDamagedIsUnknown() throws IOException {
    Path file = folder.resolve("Stripes.epochs");
    assertThat(RecordedEpochs.read(file).figures()).isEmpty();
    for (String damaged :
        List.of("", "run\n", "run\nweights\n1 0.5\n", "run\nweights\none 0 0 0 0")) {
      Files.writeString(file, damaged);
      assertThat(RecordedEpochs.read(file).figures()).as(damaged).isEmpty();
    }
  }

  @Test
  void onlyTheWeightsThatCameOfThemHaveThem() throws IOException {
    Path weights = Files.writeString(folder.resolve("w"), "weights");
    RecordedEpochs record = new RecordedEpochs("run", Fingerprint.of(weights), List.of(FIRST));
    assertThat(record.of(weights)).containsExactly(FIRST);
    Files.writeString(weights, "others");
    assertThat(record.of(weights)).isEmpty();
  }

  @Test
  void aRunThatWentOnHasThoseBeforeToo() {
    RecordedEpochs record = new RecordedEpochs("run", "weights", List.of(FIRST, SECOND));
    assertThat(record.before("run", List.of(THIRD))).containsExactly(FIRST, SECOND, THIRD);
    assertThat(record.before("another run", List.of(THIRD))).containsExactly(THIRD);
    assertThat(record.before("run", List.of(FIRST))).containsExactly(FIRST); // began again
    assertThat(record.before("run", List.of())).containsExactly(FIRST, SECOND); // stopped at once
    RecordedEpochs later = new RecordedEpochs("run", "weights", List.of(SECOND));
    assertThat(later.before("run", List.of(THIRD))).containsExactly(SECOND, THIRD); // of a resumed
  }
}
