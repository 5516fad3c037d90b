package org.cnnc.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/** Fits images to a network's input and keeps them in memory. */
final class DatasetBuilder implements DataVisitor {
  private final InputInfo input;
  private final PixelPreprocessing preprocessing;
  private final Optional<Consumer<DataException>> skipped;
  private final List<byte[]> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private int broken;

  /**
   * A builder.
   *
   * @param skipped is told of broken pictures, which are left out then; without it, the first one
   *     is an error
   */
  DatasetBuilder(InputInfo input, Optional<Consumer<DataException>> skipped) {
    this.input = input;
    this.preprocessing = new PixelPreprocessing(input);
    this.skipped = skipped;
  }

  @Override
  public void part(String name, List<String> classes) {
    throw new IllegalStateException("a builder is for one part");
  }

  @Override
  public void image(StoredImage image, int label) {
    images.add(image.fitted(input, preprocessing));
    labels.add(label);
  }

  @Override
  public void broken(DataException problem) throws DataException {
    skipped.orElseThrow(() -> problem).accept(problem);
    broken++;
  }

  /** Reads all images of the data. */
  Dataset read(StoredData data) throws IOException {
    data.visit(this);
    if (broken > images.size()) {
      throw new DataException(
          data.path(),
          "expected at most half of the "
              + data.unit()
              + " to be broken, found "
              + broken
              + " of "
              + (broken + images.size()));
    }
    return MemoryDataset.ofPixels(
        data.name() + ", " + images.size() + " " + data.unit(),
        data.classes(),
        images.toArray(new byte[0][]),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}
