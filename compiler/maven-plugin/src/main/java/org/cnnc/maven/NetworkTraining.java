package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.training.EpochReport;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageStore;
import org.cnnc.training.data.Split;
import org.cnnc.training.data.ValidationChoice;

/** Trains one network, as {@code cnnc train} does: to the same bits. */
final class NetworkTraining {
  private final Log log;
  private final NetworkGraph network;
  private final CompilerOptions options;
  private final TrainingChoices choices;

  /**
   * A training.
   *
   * @param options how to compile the network
   */
  NetworkTraining(Log log, NetworkGraph network, CompilerOptions options, TrainingChoices choices) {
    this.log = log;
    this.network = network;
    this.options = options;
    this.choices = choices;
  }

  /**
   * Trains; a run that was stopped before goes on.
   *
   * @param checkpoint where the run is saved after each epoch
   * @return the weights
   */
  Safetensors train(Path checkpoint) throws IOException, MojoFailureException {
    try (ImageStore store = imageStore(log)) {
      return train(checkpoint, store);
    }
  }

  /** Keeps images in memory, or on disk if they would fill it. */
  static ImageStore imageStore(Log log) {
    return new ImageStore(ImageStore.Place.AUTO, ImageStore.temporaryFolder(), log::info);
  }

  private Safetensors train(Path checkpoint, ImageStore store)
      throws IOException, MojoFailureException {
    expectLoss();
    CompilationResult compiled = compile();
    Program training = create(compiled, ProgramKind.TRAINING);
    Program prediction = create(compiled, ProgramKind.PREDICTION);
    ProgramInfo info = ProgramInfo.parse(training.description());
    TrainerSettings settings = choices.settings(info.train().orElseThrow(), checkpoint);
    DataReader reader = new DataReader(ProgramInfo.parse(prediction.description()), store);
    Dataset all = reader.read(choices.data()).training();
    Split split = split(all, choices.validation(), reader, settings.seed());
    Parameters.initialise(training, info, settings.seed());
    log.info(
        String.format(
            "Training %s on %,d images of %s",
            network.name(), split.training().size(), choices.data()));
    TrainingTask task =
        new TrainingTask(training, prediction, split, settings)
            .withVectors(this::vectorProgram)
            .withInspection(this::inspectedProgram);
    tellWhatIsMissed();
    Trainer trainer = new Trainer(task, new EpochLines());
    Files.createDirectories(checkpoint.getParent());
    try {
      if (Files.exists(checkpoint)) {
        log.info("Going on where the build was stopped");
        trainer.resume(checkpoint);
      }
      long start = System.nanoTime();
      TrainingResult result = trainer.run();
      long nanos = System.nanoTime() - start;
      new TrainingFacts(network.name(), split, result, settings.epochs(), nanos)
          .lines()
          .forEach(log::info);
      return result.weights();
    } catch (TrainingException e) {
      throw new MojoFailureException(e.getMessage(), e);
    }
  }

  private void expectLoss() throws MojoFailureException {
    if (network.loss().isEmpty()) {
      throw new MojoFailureException(
          network.source().name() + ": expected a loss to train by, there is none");
    }
  }

  private void tellWhatIsMissed() {
    if (VectorSupport.isMissed()) {
      log.info(
          "Long training is faster, to the same bits, with --add-modules jdk.incubator.vector in"
              + " MAVEN_OPTS or .mvn/jvm.config");
    }
  }

  /** Made beside the training, which goes on without it if that fails. */
  private Program vectorProgram() {
    CompilerOptions vectors = options.withPrograms(ProgramKind.TRAINING).withTargets(Target.VECTOR);
    return create(Compiler.compile(network, vectors), ProgramKind.TRAINING);
  }

  private Program inspectedProgram() {
    CompilerOptions keeping =
        options.withPrograms(ProgramKind.PREDICTION).withKeptValues(network.layerValues());
    return create(Compiler.compile(network, keeping), ProgramKind.PREDICTION);
  }

  private CompilationResult compile() throws MojoFailureException {
    CompilationResult result = Compiler.compile(network, options);
    if (result.hasErrors()) {
      throw DiagnosticLogger.failure(new DiagnosticLogger(log).log(result.diagnostics()));
    }
    return result;
  }

  /** A program of a compilation, in this virtual machine. */
  static Program create(CompilationResult compiled, ProgramKind kind) {
    return new ProgramClasses(compiled.classFiles()).create(compiled.program(kind).className());
  }

  /** The parts of data that are learnt, and judged by. */
  static Split split(
      Dataset all, Optional<ValidationChoice> validation, DataReader reader, long seed)
      throws IOException, MojoFailureException {
    if (validation.isEmpty()) {
      return Split.none(all);
    }
    try {
      return validation.get().split(all, reader, seed);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException(
          "parameter validation: " + validation.get().text() + ": " + e.getMessage());
    }
  }

  private final class EpochLines implements TrainingListener {
    @Override
    public void epoch(EpochReport report) {
      log.info(report.line());
    }
  }
}
