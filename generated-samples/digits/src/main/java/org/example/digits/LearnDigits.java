package org.example.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.EpochReport;
import org.cnnc.training.Evaluation;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;

/**
 * Learns digits from a folder of IDX files, says how well it reads those that it did not learn, and
 * shows some of them with its answers.
 */
public final class LearnDigits {
  private static final int SHOWN = 3;

  private LearnDigits() {}

  /**
   * Learns.
   *
   * @param arguments a folder with a pair of IDX files to learn from and one to be tested with, and
   *     the file for the weights
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println("usage: java -jar digits-1.0.jar FOLDER WEIGHTS.safetensors");
      System.exit(2);
    }
    try {
      DataReader.Data data = read(Path.of(arguments[0]));
      Path weights = Path.of(arguments[1]);
      Safetensors learnt = learn(data, new PrintedProgress());
      learnt.write(weights);
      Evaluation tests = test(learnt, tests(data));
      System.out.println(
          "reads " + tests.correct() + " of " + tests.images() + " digits of the test part");
      show(Digits.load(weights), tests(data));
    } catch (IOException | TrainingException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Reads a folder of IDX files, as MNIST has them. */
  static DataReader.Data read(Path folder) throws IOException {
    return new DataReader(ProgramInfo.parse(new DigitsPrediction().description())).read(folder);
  }

  /** Digits that were not learnt; all of them where the data come in one part. */
  private static Dataset tests(DataReader.Data data) {
    return data.test().orElse(data.training());
  }

  /** How well weights do on digits. */
  static Evaluation test(Safetensors weights, Dataset digits) throws IOException {
    PredictionSession session = PredictionSession.load(new DigitsPrediction(), weights);
    return Evaluation.of(session, digits, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Trains as the network's text says, with all processors; the weights depend on neither their
   * number nor the machine.
   */
  static Safetensors learn(DataReader.Data data, TrainingListener listener)
      throws IOException, TrainingException {
    Program training = new DigitsTraining();
    ProgramInfo info = ProgramInfo.parse(training.description());
    TrainerSettings settings =
        TrainerSettings.of(
            info.train().orElseThrow(),
            Runtime.getRuntime().availableProcessors(),
            Optional.empty());
    Parameters.initialise(training, info, settings.seed());
    // The tests must not choose the weights, so some of the others judge them meanwhile.
    Split split = Split.fraction(data.training(), 0.1, settings.seed());
    TrainingTask task = new TrainingTask(training, new DigitsPrediction(), split, settings);
    return new Trainer(task, listener).run().weights();
  }

  private static void show(Digits model, Dataset digits) {
    for (int i = 0; i < Math.min(SHOWN, digits.size()); i++) {
      DigitPicture picture = DigitPicture.of(digits, i);
      Digits.Answer answer = model.classify(picture.argb(), DigitPicture.SIDE, DigitPicture.SIDE);
      System.out.println();
      System.out.print(picture.text());
      System.out.printf(
          Locale.ROOT,
          "says %s, %.1f %% sure; it is a %d%n",
          answer.label().text(),
          100 * answer.probability(),
          digits.label(i));
    }
  }

  /** Prints a line for each epoch. */
  private static final class PrintedProgress implements TrainingListener {
    @Override
    public void epoch(EpochReport report) {
      System.out.printf(
          Locale.ROOT,
          "epoch %d of %d: loss %.4f",
          report.epoch(),
          report.epochs(),
          report.meanLoss());
      report
          .validation()
          .ifPresent(
              others ->
                  System.out.printf(
                      Locale.ROOT, ", %d of %d others right", others.correct(), others.images()));
      System.out.println();
    }
  }
}
