package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Batches of CIFAR-10 in its binary form, {@code data_batch_1.bin} and so on, {@code
 * test_batch.bin}: records of 3073 bytes, the class and 32 x 32 pixels of red, then green, then
 * blue. {@code batches.meta.txt}, if it lies beside them, names the classes, one a line.
 */
final class CifarBatches implements StoredData {
  private static final int SIDE = 32;
  private static final int RECORD = 1 + 3 * SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final int MOST_META = 1 << 16;
  private static final String META = "batches.meta.txt";

  private final DataFolder folder;
  private final List<DataFile> batches;
  private final ClassNumbering numbering;
  private final List<String> names;
  private final List<String> classes;

  /**
   * Batches of a folder.
   *
   * @param batches in their order, at least one
   */
  CifarBatches(DataFolder folder, List<DataFile> batches, ClassNumbering numbering)
      throws IOException {
    this.folder = folder;
    this.batches = batches;
    this.numbering = numbering;
    this.names = names(folder);
    Path place = batches.get(0).path();
    this.classes = names.isEmpty() ? names : numbering.numbered(place, names, "classes");
  }

  /** Whether a file's name is that of a batch to train with. */
  static boolean isTrainingBatch(String name) {
    return name.matches("data_batch_[0-9]{1,3}\\.bin");
  }

  /** Whether a file's name is that of the batch to test with. */
  static boolean isTestBatch(String name) {
    return name.equals("test_batch.bin");
  }

  private static List<String> names(DataFolder folder) throws IOException {
    Optional<DataFile> meta = folder.file(META);
    if (meta.isEmpty()) {
      return List.of();
    }
    byte[] text = meta.get().bytes(MOST_META, "names of classes");
    List<String> names =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (names.size() != CLASSES || names.stream().distinct().count() != CLASSES) {
      throw new DataException(
          meta.get().path(),
          "expected " + CLASSES + " different names, one a line; found " + names);
    }
    return names;
  }

  @Override
  public Path path() {
    return folder.path();
  }

  @Override
  public String name() {
    String first = batches.get(0).name();
    return batches.size() == 1 ? first : first + " to " + batches.get(batches.size() - 1).name();
  }

  @Override
  public String unit() {
    return "images";
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public long count() throws IOException {
    long records = 0;
    for (DataFile batch : batches) {
      expectRecords(batch);
      records += batch.size() / RECORD;
    }
    return records;
  }

  @Override
  public void visit(DataVisitor visitor) throws IOException {
    for (DataFile batch : batches) {
      expectRecords(batch);
    }
    for (DataFile batch : batches) {
      visit(batch, visitor);
    }
  }

  private static void expectRecords(DataFile batch) throws IOException {
    if (batch.size() == 0 || batch.size() % RECORD != 0) {
      throw new DataException(
          batch.path(),
          batch.size() / RECORD * RECORD,
          "expected records of " + RECORD + " bytes, found " + batch.size() % RECORD);
    }
  }

  private void visit(DataFile batch, DataVisitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(batch.open())) {
      byte[] record = in.readNBytes(RECORD);
      for (int i = 0; record.length == RECORD; i++) {
        int label = label(batch, (long) i * RECORD, record[0] & 0xff);
        byte[] planes = Arrays.copyOfRange(record, 1, RECORD);
        visitor.image(new PlanarImage(batch.path(), i, "CIFAR-10", planes, SIDE, SIDE), label);
        record = in.readNBytes(RECORD);
      }
    } catch (ZipException | EOFException e) {
      throw new DataException(batch.path(), "broken zipped data: " + e.getMessage(), e);
    }
  }

  /** The number of a class: by its name where the network uses the same words. */
  private int label(DataFile batch, long offset, int stored) throws DataException {
    int most = Math.min(CLASSES, names.isEmpty() ? numbering.limit(CLASSES) : CLASSES);
    if (stored >= most) {
      throw new DataException(
          batch.path(), offset, "expected a class from 0 to " + (most - 1) + ", found " + stored);
    }
    return names.isEmpty() ? stored : classes.indexOf(names.get(stored));
  }
}
