package org.example.activations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.EpochReport;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;

/**
 * The lecture's exercise: the same network, data, seed and rate, and five activations.
 *
 * @param data folder of IDX files
 * @param epochs passes over them
 */
record Exercise(Path data, int epochs) {
  /** Trains all five networks, one after the other. */
  List<Curve> run() throws IOException, TrainingException {
    return List.of(
        train("Sigmoid", new SigmoidDigitsTraining(), new SigmoidDigitsPrediction()),
        train("Tanh", new TanhDigitsTraining(), new TanhDigitsPrediction()),
        train("Leaky ReLU", new LeakyReluDigitsTraining(), new LeakyReluDigitsPrediction()),
        train("Mish", new MishDigitsTraining(), new MishDigitsPrediction()),
        train("ReLU", new ReluDigitsTraining(), new ReluDigitsPrediction()));
  }

  private Curve train(String activation, Program training, Program prediction)
      throws IOException, TrainingException {
    ProgramInfo info = ProgramInfo.parse(training.description());
    TrainerSettings said =
        TrainerSettings.of(
            info.train().orElseThrow(),
            Runtime.getRuntime().availableProcessors(),
            Optional.empty());
    TrainerSettings settings =
        new TrainerSettings(epochs, said.rate(), said.seed(), said.threads(), said.checkpoint());
    Dataset digits = new DataReader(info).read(data).training();
    Parameters.initialise(training, info, settings.seed());
    Recorder recorder = new Recorder();
    new Trainer(new TrainingTask(training, prediction, Split.none(digits), settings), recorder)
        .run();
    return new Curve(activation, recorder.images, recorder.losses, recorder.epochLosses);
  }

  /** Writes down the loss while a network learns. */
  private static final class Recorder implements TrainingListener {
    /** Single steps jump; so many make a point. */
    private static final int STEPS_A_POINT = 10;

    private final List<Integer> images = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> epochLosses = new ArrayList<>();
    private double sum;
    private int steps;

    @Override
    public void step(Progress progress) {
      sum += progress.loss();
      steps++;
      if (steps == STEPS_A_POINT) {
        images.add((progress.epoch() - 1) * progress.imagesPerEpoch() + progress.images());
        losses.add(sum / steps);
        sum = 0;
        steps = 0;
      }
    }

    @Override
    public void epoch(EpochReport report) {
      epochLosses.add(report.meanLoss());
    }
  }
}
