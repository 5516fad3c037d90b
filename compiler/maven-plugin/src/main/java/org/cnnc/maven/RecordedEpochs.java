package org.cnnc.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.report.EpochFigures;
import org.cnnc.runtime.AtomicFiles;

/**
 * The epochs of a training, kept until its report is made, in this build or a later one: weights do
 * not have them. A text of lines: the training's inputs, the fingerprint of the weights, then the
 * figures of each epoch.
 *
 * @param inputs fingerprint of all that the training depends on
 * @param weights fingerprint of the weights that came of it
 */
record RecordedEpochs(String inputs, String weights, List<EpochFigures> figures) {
  private static final int HEAD = 2;

  RecordedEpochs {
    figures = List.copyOf(figures);
  }

  /** Where those of a network are kept. */
  static Path file(Path buildFolder, NetworkFile network) {
    return buildFolder.resolve("cnnc/epochs").resolve(network.relativeWithEnding(".epochs"));
  }

  /** Reads a record; what is missing or unreadable counts as knowing nothing. */
  static RecordedEpochs read(Path file) throws IOException {
    RecordedEpochs nothing = new RecordedEpochs("", "", List.of());
    if (!Files.exists(file)) {
      return nothing;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    try {
      return new RecordedEpochs(
          lines.get(0),
          lines.get(1),
          lines.subList(HEAD, lines.size()).stream().map(RecordedEpochs::parse).toList());
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return nothing;
    }
  }

  private static EpochFigures parse(String line) {
    String[] words = line.split(" ", -1);
    return new EpochFigures(
        Integer.parseInt(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]));
  }

  /** The epochs that led to these weights; none if they are of another training. */
  List<EpochFigures> of(Path weightsFile) throws IOException {
    return Fingerprint.of(weightsFile).equals(weights) ? figures : List.of();
  }

  /** All epochs of a run, if it went on from what there was of it before. */
  List<EpochFigures> before(String run, List<EpochFigures> later) {
    int expected = figures.isEmpty() ? 1 : figures.get(figures.size() - 1).epoch() + 1;
    boolean goesOn = inputs.equals(run) && (later.isEmpty() || later.get(0).epoch() == expected);
    return goesOn ? Stream.concat(figures.stream(), later.stream()).toList() : later;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(inputs, weights));
    for (EpochFigures epoch : figures) {
      lines.add(
          epoch.epoch()
              + " "
              + epoch.loss()
              + " "
              + epoch.accuracy()
              + " "
              + epoch.validationLoss()
              + " "
              + epoch.validationAccuracy());
    }
    Files.createDirectories(file.getParent());
    String text = String.join("\n", lines) + "\n";
    AtomicFiles.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
