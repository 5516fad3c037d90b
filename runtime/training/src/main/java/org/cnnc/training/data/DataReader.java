package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;

/** Reads data for a network, whatever of the known forms they have. */
public final class DataReader {
  private final InputInfo input;
  private final List<String> labels;
  private final int classes;

  /** A reader for the input and the first output of a program's network. */
  public DataReader(ProgramInfo info) {
    OutputInfo output =
        info.outputs().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the network has no output"));
    this.input = info.input();
    this.labels = output.labels();
    this.classes =
        labels.isEmpty() ? info.value(output.value()).orElseThrow().elements() : labels.size();
  }

  /**
   * What was found.
   *
   * @param training the data, or their training part
   * @param test the test part, if they come in two
   */
  public record Data(Dataset training, Optional<Dataset> test) {}

  /**
   * Reads IDX files (a folder of them or the images file), class folders of pictures, each also as
   * {@code train} and {@code test} parts, or a safetensors file.
   *
   * @throws DataException if the data are not what they should be
   * @throws IOException if they cannot be read
   */
  public Data read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new DataException(path, "expected data, there is no such file or folder");
    }
    return Files.isDirectory(path) ? readFolder(path) : new Data(readFile(path), Optional.empty());
  }

  private Dataset readFile(Path file) throws IOException {
    if (IdxReader.isImagesFile(file)) {
      expectPictures(file);
      return new IdxReader(input, classes).read(file);
    }
    if (file.toString().endsWith(".safetensors")) {
      return new TensorDatasetReader(input, classes).read(file);
    }
    throw new DataException(
        file, "expected a folder, a file named ...-images-idx3-ubyte[.gz], or a .safetensors file");
  }

  /** Only safetensors have images of any number of channels. */
  private void expectPictures(Path path) throws DataException {
    if (input.channels() != 1 && input.channels() != 3) {
      throw new DataException(
          path,
          "pictures are for networks with 1 or 3 input channels, this one has "
              + input.channels()
              + "; safetensors can have any number");
    }
  }

  private Data readFolder(Path folder) throws IOException {
    expectPictures(folder);
    List<Path> idxFiles = new ArrayList<>();
    for (Path entry : ClassFolderReader.visible(folder)) {
      if (IdxReader.isImagesFile(entry)) {
        idxFiles.add(entry);
      }
    }
    if (!idxFiles.isEmpty()) {
      return readIdxFolder(folder, idxFiles);
    }
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (Files.isDirectory(train)) {
      Optional<Dataset> testData =
          Files.isDirectory(test) ? Optional.of(readFolder(test).training()) : Optional.empty();
      return new Data(readFolder(train).training(), testData);
    }
    Dataset pictures = new ClassFolderReader(input, labels, classes).read(folder);
    return new Data(pictures, Optional.empty());
  }

  /** MNIST comes as {@code train-...} and {@code t10k-...}. */
  private Data readIdxFolder(Path folder, List<Path> files) throws IOException {
    IdxReader reader = new IdxReader(input, classes);
    if (files.size() == 1) {
      return new Data(reader.read(files.get(0)), Optional.empty());
    }
    List<Path> training =
        files.stream().filter(file -> IdxReader.prefix(file).equals("train")).toList();
    if (files.size() != 2 || training.size() != 1) {
      throw new DataException(
          folder,
          "expected one pair of IDX files, or train-... and one other; found "
              + files.stream().map(Path::getFileName).toList());
    }
    List<Path> others = files.stream().filter(file -> !training.contains(file)).toList();
    return new Data(reader.read(training.get(0)), Optional.of(reader.read(others.get(0))));
  }
}
