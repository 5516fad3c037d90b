package org.cnnc.training.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/** Fits images to a network's input and has them kept. */
final class DatasetBuilder implements DataVisitor {
  private final InputInfo input;
  private final PixelPreprocessing preprocessing;
  private final Optional<Consumer<DataException>> skipped;
  private final KeptImages<byte[]> kept;
  private int[] labels = new int[16];
  private int images;
  private int broken;

  private DatasetBuilder(
      InputInfo input, Optional<Consumer<DataException>> skipped, KeptImages<byte[]> kept) {
    this.input = input;
    this.kept = kept;
    this.preprocessing = new PixelPreprocessing(input);
    this.skipped = skipped;
  }

  /**
   * Reads all images of the data.
   *
   * @param skipped is told of broken pictures, which are left out then; without it, the first one
   *     is an error
   */
  static Dataset read(
      StoredData data, InputInfo input, Optional<Consumer<DataException>> skipped, ImageStore store)
      throws IOException {
    KeptImages<byte[]> kept = store.keep(data.path(), data.count(), input.elements());
    try {
      return new DatasetBuilder(input, skipped, kept).build(data);
    } catch (IOException | RuntimeException e) {
      kept.discard();
      throw e;
    }
  }

  @Override
  public void part(String name, List<String> classes) {
    throw new IllegalStateException("a builder is for one part");
  }

  @Override
  public void image(StoredImage image, int label) throws IOException {
    kept.add(image.fitted(input, preprocessing));
    if (images == labels.length) {
      labels = Arrays.copyOf(labels, images + images / 2);
    }
    labels[images] = label;
    images++;
  }

  @Override
  public void broken(DataException problem) throws DataException {
    skipped.orElseThrow(() -> problem).accept(problem);
    broken++;
  }

  private Dataset build(StoredData data) throws IOException {
    data.visit(this);
    if (broken > images) {
      throw new DataException(
          data.path(),
          "expected at most half of the "
              + data.unit()
              + " to be broken, found "
              + broken
              + " of "
              + (broken + images));
    }
    return kept.dataset(
        data.name() + ", " + images + " " + data.unit(),
        data.classes(),
        Arrays.copyOf(labels, images));
  }
}
