package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.EpochReport;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.MemoryDataset;
import org.cnnc.training.data.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole run, which goes over to vectors by itself. */
final class TrainerGoesOverTest {
  private static final int IMAGES = 400;
  private static final int MANY_EPOCHS = 1_000_000;
  private static final String NETWORK = "backends/lecture.net";

  @Test
  @Timeout(300)
  void aLongRunGoesOverByItselfToTheSameBits() throws Exception {
    CompilationResult vector = Texts.corpus(NETWORK, Texts.VECTOR);
    UntilItWentOver listener = new UntilItWentOver();
    Trainer trainer =
        new Trainer(
            task(MANY_EPOCHS).withVectors(() -> load(vector, ProgramKind.TRAINING)), listener);
    listener.end = trainer::stop;
    TrainingResult result = trainer.run();
    assertThat(listener.told).isOne();

    TrainingResult plain = new Trainer(task(listener.epochs), TrainingListener.NONE).run();
    assertThat(plain.weights().tensors().keySet()).isNotEmpty();
    plain
        .weights()
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(result.weights().tensors().get(name).values())
                    .as(name + " after " + listener.epochs + " epochs")
                    .containsExactly(tensor.values()));
  }

  /** Four seconds of training at least have to be left. */
  @Test
  void aShortRunIsLeftAlone() throws Exception {
    TrainingTask task =
        task(3)
            .withVectors(
                () -> {
                  throw new AssertionError("warmed up for a moment's work");
                });
    UntilItWentOver listener = new UntilItWentOver();
    new Trainer(task, listener).run();
    assertThat(listener.told).isZero();
  }

  private static TrainingTask task(int epochs) throws IOException {
    CompilationResult plain = Texts.corpus(NETWORK);
    Program training = load(plain, ProgramKind.TRAINING);
    Parameters.initialise(training, ProgramInfo.parse(training.description()), 5);
    return new TrainingTask(
        training,
        load(plain, ProgramKind.PREDICTION),
        Split.none(noise()),
        new TrainerSettings(epochs, 0.001f, 1, 2, Optional.empty()));
  }

  private static Program load(CompilationResult result, ProgramKind kind) {
    try {
      return Backend.BYTECODE.load(result.program(kind));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the run with the first whole epoch on vectors. */
  private static final class UntilItWentOver implements TrainingListener {
    private Runnable end = () -> {};
    private int told;
    private int epochs;

    @Override
    public void wentOver() {
      told++;
    }

    @Override
    public void epoch(EpochReport report) {
      epochs = report.epoch();
      if (told > 0) {
        end.run();
      }
    }
  }

  private static Dataset noise() {
    RandomSource random = RandomSource.of(1, "images");
    float[] values = new float[IMAGES * 3 * 12 * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    int[] labels = IntStream.range(0, IMAGES).map(image -> image % 3).toArray();
    return MemoryDataset.ofFloats("noise", values, labels);
  }
}
