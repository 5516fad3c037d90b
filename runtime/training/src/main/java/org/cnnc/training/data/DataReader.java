package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;

/** Reads data for a network, whatever of the known forms they have. */
public final class DataReader {
  static final String FORMS =
      "a folder, an archive (.zip, .tar, .tar.gz, .tgz), a file named ...-images-idx3-ubyte[.gz],"
          + " a CIFAR-10 batch (data_batch_1.bin), a .csv or a .safetensors file";

  private final InputInfo input;
  private final ClassNumbering numbering;
  private final Optional<Consumer<DataException>> skipped;
  private final ImageStore store;

  /**
   * A reader for the input and the first output of a program's network, which keeps images in
   * memory as long as there is room, else on disk.
   */
  public DataReader(ProgramInfo info) {
    this(info, new ImageStore());
  }

  /**
   * A reader for the input and the first output of a program's network.
   *
   * @param store keeps the images
   */
  public DataReader(ProgramInfo info, ImageStore store) {
    this(info.input(), numbering(info), Optional.empty(), store);
  }

  private DataReader(
      InputInfo input,
      ClassNumbering numbering,
      Optional<Consumer<DataException>> skipped,
      ImageStore store) {
    this.input = input;
    this.numbering = numbering;
    this.skipped = skipped;
    this.store = store;
  }

  private static ClassNumbering numbering(ProgramInfo info) {
    OutputInfo output =
        info.outputs().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the network has no output"));
    List<String> labels = output.labels();
    return ClassNumbering.of(
        labels,
        labels.isEmpty() ? info.value(output.value()).orElseThrow().elements() : labels.size());
  }

  /**
   * A reader that leaves broken pictures out, as long as they are not more than the others.
   *
   * @param listener is told of each
   */
  public DataReader skippingBroken(Consumer<DataException> listener) {
    return new DataReader(input, numbering, Optional.of(listener), store);
  }

  /**
   * What was found.
   *
   * @param training the data, or their training part
   * @param test the test part, if they come in two
   */
  public record Data(Dataset training, Optional<Dataset> test) {}

  /**
   * Reads IDX files (a folder of them or the images file), class folders of pictures, CIFAR-10
   * batches, each also as {@code train} and {@code test} parts and inside of a zip or tar file; a
   * CSV file that lists pictures; or a safetensors file.
   *
   * @throws DataException if the data are not what they should be
   * @throws IOException if they cannot be read
   */
  public Data read(Path path) throws IOException {
    try {
      return readAll(path);
    } catch (OutOfMemoryError e) {
      throw Memory.ranOut(path, e);
    }
  }

  private Data readAll(Path path) throws IOException {
    expectThere(path);
    if (isTensors(path)) {
      Dataset tensors = new TensorDatasetReader(input, numbering.limit(0), store).read(path);
      return new Data(tensors, Optional.empty());
    }
    expectPictures(path, input);
    return find(
        path,
        numbering,
        store,
        found -> {
          Dataset training = dataset(found.training());
          return new Data(
              training,
              found.test().isPresent()
                  ? Optional.of(dataset(found.test().get()))
                  : Optional.empty());
        });
  }

  /**
   * Files that data are made of beside the one that names them: what a CSV file lists, and the
   * labels beside a file of images. Of a folder or an archive, there are none.
   *
   * @throws DataException if a list is broken
   */
  public static List<Path> companions(Path path) throws IOException {
    if (Files.isDirectory(path) || !Files.exists(path)) {
      return List.of();
    }
    String name = String.valueOf(path.getFileName());
    if (CsvList.isList(name)) {
      return new CsvList(new DiskFile(path), ClassNumbering.WITHOUT_NETWORK).pictures();
    }
    if (IdxImages.isImagesFile(name)) {
      return List.of(IdxImages.labelsFile(DiskFolder.of(path), new DiskFile(path)).path());
    }
    return List.of();
  }

  private Dataset dataset(StoredData data) throws IOException {
    return DatasetBuilder.read(data, input, skipped, store);
  }

  private static void expectThere(Path path) throws DataException {
    if (!Files.exists(path)) {
      throw new DataException(path, "expected data, there is no such file or folder");
    }
  }

  private static boolean isTensors(Path path) {
    return !Files.isDirectory(path) && LabelledTensors.isNamed(path);
  }

  /** Only safetensors have images of any number of channels. */
  private static void expectPictures(Path path, InputInfo input) throws DataException {
    if (input.channels() != 1 && input.channels() != 3) {
      throw new DataException(
          path,
          "pictures are for networks with 1 or 3 input channels, this one has "
              + input.channels()
              + "; safetensors can have any number");
    }
  }

  /** Does something with data while their archive, if they are in one, is open. */
  private interface Use<T> {
    T with(FoundData found) throws IOException;
  }

  private static <T> T find(Path path, ClassNumbering numbering, ImageStore store, Use<T> use)
      throws IOException {
    if (Files.isDirectory(path)) {
      return use.with(FoundData.inFolder(new DiskFolder(path), numbering));
    }
    if (!Archive.hasArchiveName(path)) {
      return use.with(FoundData.inFile(path, numbering));
    }
    try (EntryStore kept = store.entries();
        Archive archive = Archive.open(path, kept)) {
      return use.with(FoundData.inFolder(archive.folder(), numbering));
    }
  }

  /**
   * Goes through data as they lie there, before they are fitted to a network.
   *
   * @param network that the data have to have the classes of, and tensors the form of the input;
   *     without it, any will do
   * @throws DataException if the data are not what they should be
   * @throws IOException if they cannot be read
   */
  public static void visit(Path path, Optional<ProgramInfo> network, DataVisitor visitor)
      throws IOException {
    try {
      visitAll(path, network, visitor);
    } catch (OutOfMemoryError e) {
      throw Memory.ranOut(path, e);
    }
  }

  private static void visitAll(Path path, Optional<ProgramInfo> network, DataVisitor visitor)
      throws IOException {
    expectThere(path);
    ClassNumbering numbering =
        network.map(DataReader::numbering).orElse(ClassNumbering.WITHOUT_NETWORK);
    if (isTensors(path)) {
      visitTensors(path, network.map(ProgramInfo::input), numbering, visitor);
      return;
    }
    if (network.isPresent()) {
      expectPictures(path, network.get().input());
    }
    find(
        path,
        numbering,
        new ImageStore(),
        found -> {
          boolean parts = found.test().isPresent();
          visitor.part(parts ? "train" : found.training().name(), found.training().classes());
          found.training().visit(visitor);
          if (parts) {
            visitor.part("test", found.test().get().classes());
            found.test().get().visit(visitor);
          }
          return found;
        });
  }

  private static void visitTensors(
      Path path, Optional<InputInfo> input, ClassNumbering numbering, DataVisitor visitor)
      throws IOException {
    int classes = numbering.limit(Integer.MAX_VALUE);
    try (LabelledTensors tensors = LabelledTensors.open(path, input, classes)) {
      visitor.part(String.valueOf(path.getFileName()), List.of());
      tensors.visit(visitor);
    }
  }
}
