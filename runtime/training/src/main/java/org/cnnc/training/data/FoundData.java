package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Data whose form is known, in one part or two; none of their images is read yet.
 *
 * @param training the data, or their training part
 * @param test the test part, if they come in two
 */
record FoundData(StoredData training, Optional<StoredData> test) {
  private static FoundData one(StoredData data) {
    return new FoundData(data, Optional.empty());
  }

  /**
   * The data of a file that is no archive.
   *
   * @throws DataException if its name is that of no form of data
   */
  static FoundData inFile(Path file, ClassNumbering numbering) throws IOException {
    DataFile data = new DiskFile(file);
    DataFolder folder = DiskFolder.of(file);
    if (IdxImages.isImagesFile(data.name())) {
      return one(new IdxImages(folder, data, numbering));
    }
    if (CifarBatches.isTrainingBatch(data.name()) || CifarBatches.isTestBatch(data.name())) {
      return one(new CifarBatches(folder, List.of(data), numbering));
    }
    if (CsvList.isList(data.name())) {
      return one(new CsvList(data, numbering));
    }
    throw new DataException(file, "expected " + DataReader.FORMS);
  }

  /** The data of a folder, or of one inside of an archive. */
  static FoundData inFolder(DataFolder folder, ClassNumbering numbering) throws IOException {
    List<DataFile> idxFiles = named(folder, IdxImages::isImagesFile);
    if (!idxFiles.isEmpty()) {
      return inIdxFolder(folder, idxFiles, numbering);
    }
    List<DataFile> training = named(folder, CifarBatches::isTrainingBatch);
    List<DataFile> testing = named(folder, CifarBatches::isTestBatch);
    if (!training.isEmpty() || !testing.isEmpty()) {
      return inCifarFolder(folder, training, testing, numbering);
    }
    Optional<DataFolder> train = folder.folder("train");
    if (train.isEmpty()) {
      return one(new ClassFolders(folder, numbering));
    }
    Optional<DataFolder> test = folder.folder("test");
    return new FoundData(
        inFolder(train.get(), numbering).training(),
        test.isPresent()
            ? Optional.of(inFolder(test.get(), numbering).training())
            : Optional.empty());
  }

  private static List<DataFile> named(DataFolder folder, Predicate<String> name)
      throws IOException {
    return folder.files().stream().filter(file -> name.test(file.name())).toList();
  }

  private static FoundData inCifarFolder(
      DataFolder folder, List<DataFile> training, List<DataFile> testing, ClassNumbering numbering)
      throws IOException {
    if (training.isEmpty()) {
      return one(new CifarBatches(folder, testing, numbering));
    }
    // By number: 10 follows 9.
    Comparator<DataFile> byNumber = Comparator.comparing(batch -> batch.name().length());
    List<DataFile> inOrder =
        training.stream().sorted(byNumber.thenComparing(DataFile::name)).toList();
    return new FoundData(
        new CifarBatches(folder, inOrder, numbering),
        testing.isEmpty()
            ? Optional.empty()
            : Optional.of(new CifarBatches(folder, testing, numbering)));
  }

  /** MNIST comes as {@code train-...} and {@code t10k-...}. */
  private static FoundData inIdxFolder(
      DataFolder folder, List<DataFile> files, ClassNumbering numbering) throws IOException {
    if (files.size() == 1) {
      return one(new IdxImages(folder, files.get(0), numbering));
    }
    List<DataFile> training =
        files.stream().filter(file -> IdxImages.prefix(file.name()).equals("train")).toList();
    if (files.size() != 2 || training.size() != 1) {
      throw new DataException(
          folder.path(),
          "expected one pair of IDX files, or train-... and one other; found "
              + files.stream().map(DataFile::name).toList());
    }
    List<DataFile> others = files.stream().filter(file -> !training.contains(file)).toList();
    return new FoundData(
        new IdxImages(folder, training.get(0), numbering),
        Optional.of(new IdxImages(folder, others.get(0), numbering)));
  }
}
