package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.DataOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;
import org.cnnc.training.data.ValidationChoice;

/**
 * All that a training needs.
 *
 * @param info what the training program says of itself
 * @param test images that are neither learnt nor judged by while learning
 */
record TrainingSetup(
    Model model,
    InMemoryPrograms programs,
    ProgramInfo info,
    TrainingTask task,
    Optional<Dataset> test) {
  /**
   * What is learnt, as the command line names it.
   *
   * @param validation images to judge by
   * @param init parameters to begin with
   */
  record Sources(DataOption data, Optional<String> validation, Optional<Path> init) {
    private Split split(Dataset all, ProgramInfo network, long seed, Console console)
        throws UserException, IOException {
      if (validation.isEmpty()) {
        return Split.none(all);
      }
      try {
        ValidationChoice choice = new ValidationChoice(validation.get());
        return data.with(network, console, reader -> choice.split(all, reader, seed));
      } catch (IllegalArgumentException e) {
        throw new UserException("--validation " + validation.get() + ": " + e.getMessage());
      }
    }

    private void initialise(Program training, ProgramInfo info, long seed, Console console)
        throws IOException, UserException {
      Parameters.initialise(training, info, seed);
      if (init.isEmpty()) {
        return;
      }
      Parameters.Report report =
          Parameters.loadMatching(training, info, Safetensors.read(init.get()));
      if (report.taken().isEmpty()) {
        throw new UserException(init.get() + ": nothing fits: " + report.left().get(0));
      }
      console.message(init.get() + ": taken: " + String.join(", ", report.taken()));
      report.left().forEach(reason -> console.message(init.get() + ": left: " + reason));
    }
  }

  /**
   * Compiles the model and reads what is learnt.
   *
   * @param chosen settings, by what the training program says of itself
   */
  static TrainingSetup of(
      Model model,
      CompilerOptions options,
      Function<ProgramInfo, TrainerSettings> chosen,
      Sources sources,
      Console console)
      throws IOException, ModelException, UserException {
    InMemoryPrograms programs =
        model.programs(options, ProgramKind.PREDICTION, ProgramKind.TRAINING);
    Program training = programs.create(ProgramKind.TRAINING);
    ProgramInfo info = InMemoryPrograms.info(training);
    TrainerSettings settings = chosen.apply(info);
    Program prediction = programs.create(ProgramKind.PREDICTION);
    ProgramInfo network = InMemoryPrograms.info(prediction);
    DataReader.Data read = sources.data().read(network, console);
    Split split = sources.split(read.training(), network, settings.seed(), console);
    sources.initialise(training, info, settings.seed(), console);
    TrainingTask task =
        new TrainingTask(training, prediction, split, settings)
            .withVectors(model.vectorProgram(options, ProgramKind.TRAINING))
            .withInspection(model.inspectedProgram());
    return new TrainingSetup(model, programs, info, task, read.test());
  }

  /** What is about to happen, in a line. */
  String announcement() {
    int threads = task.settings().threads();
    return "training "
        + model.network().name()
        + " on "
        + Quantities.count(task.data().training().size())
        + " images"
        + task.data()
            .validation()
            .map(set -> ", judged on " + Quantities.count(set.size()) + " others")
            .orElse("")
        + ", batch "
        + info.batch()
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads");
  }

  /** Settings as a report tells them, by name. */
  Map<String, String> reported() {
    TrainerSettings settings = task.settings();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("training images", Quantities.count(task.data().training().size()));
    task.data()
        .validation()
        .ifPresent(images -> texts.put("validation images", Quantities.count(images.size())));
    texts.put("epochs", Integer.toString(settings.epochs()));
    texts.put("batch", Integer.toString(info.batch()));
    texts.put("rate", Float.toString(settings.rate()));
    texts.put("seed", Long.toString(settings.seed()));
    return texts;
  }
}
