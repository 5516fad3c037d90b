package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.ProgramMemoryError;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.training.EpochReport;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.Split;

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
   * @return the weights, and how the run went; a run that its limit of time stopped goes on from
   *     the checkpoint
   */
  TrainingResult train(Path checkpoint) throws IOException, MojoFailureException {
    try (LabelledImages images = choices.images()) {
      return train(checkpoint, images);
    }
  }

  private TrainingResult train(Path checkpoint, LabelledImages images)
      throws IOException, MojoFailureException {
    expectLoss();
    CompilationResult compiled = compile();
    Program training = create(compiled, ProgramKind.TRAINING);
    Program prediction = create(compiled, ProgramKind.PREDICTION);
    ProgramInfo info = ProgramInfo.parse(training.description());
    TrainerSettings settings = choices.settings(info.train().orElseThrow(), checkpoint);
    Split split = split(images, ProgramInfo.parse(prediction.description()), settings.seed());
    Parameters.initialise(training, info, settings.seed());
    new DiagnosticLogger(log).log(choices.warnings(network, split.training()));
    log.info(
        String.format(
            "Training %s on %,d images of %s",
            network.name(), split.training().size(), images.data()));
    TrainingTask task =
        new TrainingTask(training, prediction, split, settings)
            .withVectors(this::vectorProgram)
            .withInspection(this::inspectedProgram);
    tellWhatIsMissed();
    Trainer trainer = new Trainer(task, new EpochLines());
    Files.createDirectories(checkpoint.getParent());
    try {
      boolean resumed = Files.exists(checkpoint);
      if (resumed) {
        log.info("Going on where the build was stopped");
        trainer.resume(checkpoint);
      }
      long start = System.nanoTime();
      TrainingResult result = trainer.run();
      long nanos = System.nanoTime() - start;
      new TrainingFacts(network.name(), split, result, nanos, resumed).lines().forEach(log::info);
      return result;
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
    CompiledProgram program = compiled.program(kind);
    ProgramMemoryError.expectRoomFor(program);
    return new ProgramClasses(compiled.classFiles()).create(program.className());
  }

  private static Split split(LabelledImages images, ProgramInfo info, long seed)
      throws IOException, MojoFailureException {
    return images.split(images.read(info).training(), info, seed);
  }

  private final class EpochLines implements TrainingListener {
    @Override
    public void epoch(EpochReport report) {
      log.info(report.line());
    }
  }
}
