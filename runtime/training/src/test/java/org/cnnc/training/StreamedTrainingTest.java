package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.ImageStore;
import org.cnnc.training.data.ImageStore.Place;
import org.cnnc.training.data.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training on images that are read from a disk while it runs. */
@Timeout(60)
class StreamedTrainingTest {
  private static final int IMAGES = 4003;

  @TempDir Path folder;
  private Path data;

  /** Each class has a bright corner; 4, the batch, does not divide the number of images. */
  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    RandomSource random = RandomSource.of(3);
    ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * 4);
    images.putInt(0x803).putInt(IMAGES).putInt(2).putInt(2);
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      int label = random.nextInt(3);
      labels.put((byte) label);
      for (int j = 0; j < 4; j++) {
        images.put((byte) (random.nextInt(140) + (j == label ? 115 : 0)));
      }
    }
    Files.write(data.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(data.resolve("train-labels-idx1-ubyte"), labels.array());
  }

  private ImageStore store(Place place) {
    return new ImageStore(place, folder, message -> {});
  }

  private Trainer trainer(
      ImageStore store, int epochs, Optional<Path> checkpoint, TrainingListener listener)
      throws IOException {
    TrainerSettings settings = new TrainerSettings(epochs, 0.1f, 7, 2, checkpoint);
    LinearNetwork training = LinearNetwork.training();
    LinearNetwork prediction = LinearNetwork.prediction();
    Parameters.initialise(training, ProgramInfo.parse(training.description()), 7);
    DataReader reader = new DataReader(ProgramInfo.parse(prediction.description()), store);
    Split split = Split.fraction(reader.read(data).training(), 0.25, 7);
    assertThat(split.training().size() % 4).isNotZero();
    return new Trainer(new TrainingTask(training, prediction, split, settings), listener);
  }

  private TrainingResult inMemory(Optional<Path> checkpoint) throws Exception {
    try (ImageStore store = store(Place.MEMORY)) {
      return trainer(store, 3, checkpoint, TrainingListener.NONE).run();
    }
  }

  @Test
  void weightsAreThoseOfAnInMemoryRun() throws Exception {
    TrainingResult oracle = inMemory(Optional.empty());
    assertThat(oracle.history().get(2).validation().orElseThrow().accuracy()).isGreaterThan(0.9);
    try (ImageStore store = store(Place.DISK)) {
      TrainingResult streamed = trainer(store, 3, Optional.empty(), TrainingListener.NONE).run();
      assertThat(streamed.weights().toBytes()).isEqualTo(oracle.weights().toBytes());
    }
  }

  /** They are handed over as they are, not as pixels. */
  @Test
  void weightsOfFloatsAreThoseOfAnInMemoryRun() throws Exception {
    RandomSource random = RandomSource.of(4);
    float[] images = new float[IMAGES * 4];
    float[] labels = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = random.nextInt(3);
      for (int j = 0; j < 4; j++) {
        images[4 * i + j] = random.uniform(-1, 1) + (j == labels[i] ? 3 : 0);
      }
    }
    Map<String, Tensor> tensors =
        Map.of(
            "images", Tensor.of(List.of(IMAGES, 1, 2, 2), images),
            "labels", Tensor.of(List.of(IMAGES), labels));
    data = folder.resolve("floats.safetensors");
    new Safetensors("", Map.of(), tensors).write(data);
    weightsAreThoseOfAnInMemoryRun();
  }

  @Test
  void aRunGoesOnFromAnywhereOnDiskOrInMemory() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    byte[] oracle = inMemory(Optional.of(whole)).weights().toBytes();
    stopAfter(Place.DISK, 31, parts, false);
    stopAfter(Place.MEMORY, 1000, parts, true);
    stopAfter(Place.DISK, 751, parts, true); // within the third epoch
    try (ImageStore store = store(Place.DISK)) {
      Trainer last = trainer(store, 3, Optional.of(parts), TrainingListener.NONE);
      last.resume(parts);
      assertThat(last.run().weights().toBytes()).isEqualTo(oracle);
    }
    assertThat(parts).hasSameBinaryContentAs(whole);
  }

  private void stopAfter(Place place, int steps, Path checkpoint, boolean resume) throws Exception {
    Trainer[] trainer = new Trainer[1];
    int[] left = {steps};
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void step(Progress progress) {
            left[0]--;
            if (left[0] == 0) {
              trainer[0].stop();
            }
          }
        };
    try (ImageStore store = store(place)) {
      trainer[0] = trainer(store, 3, Optional.of(checkpoint), stopping);
      if (resume) {
        trainer[0].resume(checkpoint);
      }
      assertThat(trainer[0].run().stopped()).isTrue();
      assertThat(left[0]).isZero();
    }
  }

  @Test
  void nothingIsAllocatedPerStep() throws Exception {
    long[] bytes = new long[2];
    TrainingListener measuring =
        new TrainingListener() {
          @Override
          public void step(Progress progress) {
            if (progress.epoch() == 12 && progress.images() == 400) {
              bytes[0] = AllocatedBytes.of("cnnc-");
            } else if (progress.epoch() == 12 && progress.images() == 2800) {
              bytes[1] = AllocatedBytes.of("cnnc-");
            }
          }
        };
    try (ImageStore store = store(Place.DISK)) {
      trainer(store, 12, Optional.empty(), measuring).run();
    }
    // 600 steps of 4 images; the smallest object has 16 bytes, and measuring allocates a little.
    assertThat(bytes[0]).isPositive();
    assertThat(bytes[1] - bytes[0]).isBetween(0L, 900L);
  }
}
