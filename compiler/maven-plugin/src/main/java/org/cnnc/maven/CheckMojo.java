package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.compiler.AppClasses;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.cost.Budget;
import org.cnnc.compiler.cost.ByteSize;
import org.cnnc.compiler.cost.Cost;
import org.cnnc.compiler.cost.Cost.Resource;
import org.cnnc.compiler.cost.Costs;
import org.cnnc.compiler.cost.Excess;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.training.Evaluation;

/**
 * Fails the build when networks cost more memory or code than they may, or name too many pictures
 * wrongly.
 *
 * <p>Costs are known without running anything; the message names the layers that cost most. Sizes
 * are bytes, or as {@code 200K}, {@code 8M}.
 *
 * <p>Accuracy is measured with the weights that the app ships, on data that you give.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends AbstractJudgingMojo {
  /**
   * Most memory of a training step beside the parameters, with one thread; any by default. Example:
   * {@code 8M}.
   */
  @Parameter(property = "cnnc.maxTrainArena")
  String maxTrainArena;

  /** Most memory of a prediction beside the parameters; any by default. Example: {@code 200K}. */
  @Parameter(property = "cnnc.maxPredictArena")
  String maxPredictArena;

  /** Most bytes of the classes that compute; any by default. Example: {@code 60K}. */
  @Parameter(property = "cnnc.maxClassBytes")
  String maxClassBytes;

  /**
   * Form of the classes that compute, as {@code cnnc:compile} makes them. Example: {@code source}.
   */
  @Parameter(property = "cnnc.kernels", defaultValue = "bytecode", required = true)
  String kernels;

  /**
   * Which of these classes are counted: {@code plain}, {@code vector} or {@code both}; without it
   * those that {@code cnnc:compile} makes. Example: {@code plain}.
   */
  @Parameter(property = "cnnc.kernelTarget")
  String target;

  /**
   * Whether the classes that train are counted, too: as {@code cnnc:compile} makes them. Example:
   * {@code true}.
   */
  @Parameter(property = "cnnc.training", defaultValue = "false")
  boolean training;

  /**
   * Names of inner values that the app reads beside the outputs, as {@code cnnc:compile} keeps
   * them; they take memory, too. None by default. Example: {@code
   * <keep><value>conv1</value></keep>}.
   */
  @Parameter(property = "cnnc.keep")
  List<String> keep = List.of();

  /** Images in a training step; without it, what the network says. Example: {@code 32}. */
  @Parameter(property = "cnnc.batch")
  Integer batch;

  /**
   * Least part of the data's images that must be named rightly; any by default. Example: {@code
   * 0.97}.
   */
  @Parameter(property = "cnnc.minAccuracy")
  Double minAccuracy;

  /**
   * Labelled images to measure accuracy with; of data in two parts, the test part. For {@code
   * minAccuracy}; without it, not used. Example: <code>${project.basedir}/src/pictures</code>.
   */
  @Parameter(property = "cnnc.data")
  File data;

  @Override
  void run() throws IOException, SourceException, MojoFailureException {
    int failures = 0;
    for (NetworkFile file : networkFolder().networks()) {
      failures += checkCosts(file, NetworkChoice.read(file, getLog()));
    }
    if (minAccuracy != null) {
      failures += checkAccuracy() ? 0 : 1;
    }
    if (failures > 0) {
      throw new MojoFailureException(
          failures + (failures == 1 ? " limit is" : " limits are") + " not kept, see above");
    }
  }

  /** Returns how many limits are not kept. */
  private int checkCosts(NetworkFile file, NetworkGraph graph)
      throws IOException, MojoFailureException {
    CompileSettings settings = CompileSettings.of(kernels, target, training, keep, tune);
    AppClasses app = settings.classes(file, graph);
    CompilerOptions measured = settings.tuned(app.measured(graph), file, graph, getLog());
    CompilationResult compiled =
        Compiler.compile(graph, batch == null ? measured : measured.withBatch(batch));
    if (compiled.hasErrors()) {
      throw DiagnosticLogger.failure(new DiagnosticLogger(getLog()).log(compiled.diagnostics()));
    }
    List<Cost> costs = Costs.of(compiled, app.shipped(graph));
    Budget budget = budget();
    for (Cost cost : costs) {
      String name = cost.resource().text();
      Long limit = budget.limits().get(cost.resource());
      String most = limit == null ? "" : format(" of at most %,d", limit);
      getLog().info(format("%s: %s %,d bytes%s", file.relative(), name, cost.bytes(), most));
    }
    List<Excess> excesses = budget.check(costs);
    excesses.forEach(excess -> getLog().error(file.path() + ": " + excess.message()));
    return excesses.size();
  }

  private Budget budget() throws MojoFailureException {
    Budget budget = Budget.NONE;
    budget = limit(budget, Resource.TRAINING_ARENA, "maxTrainArena", maxTrainArena);
    budget = limit(budget, Resource.PREDICTION_ARENA, "maxPredictArena", maxPredictArena);
    return limit(budget, Resource.CLASSES, "maxClassBytes", maxClassBytes);
  }

  private static Budget limit(Budget budget, Resource resource, String parameter, String size)
      throws MojoFailureException {
    try {
      return size == null ? budget : budget.with(resource, ByteSize.parse(size));
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException("parameter " + parameter + ": " + e.getMessage());
    }
  }

  /** Returns whether enough images are named rightly. */
  private boolean checkAccuracy() throws IOException, SourceException, MojoFailureException {
    if (data == null) {
      throw new MojoFailureException(
          "parameter data: expected the labelled images to measure accuracy with, for minAccuracy");
    }
    NetworkFile file = chosenNetwork();
    NetworkGraph graph = NetworkChoice.read(file, getLog());
    try (LabelledImages images = images(data, validation)) {
      return isAccurate(file, judgement(file, graph, CompilerOptions.DEFAULT, images));
    }
  }

  private boolean isAccurate(NetworkFile file, Judgement judgement) {
    JudgedImages judged = judgement.judged();
    Evaluation evaluation =
        Evaluation.of(judgement.session(), judged.images(), TrainingChoices.threadCount(threads));
    String message =
        format(
            "%s: accuracy %.4f (%,d of %,d %s)",
            file.relative(),
            evaluation.accuracy(),
            evaluation.correct(),
            evaluation.images(),
            judged.what());
    if (evaluation.accuracy() >= minAccuracy) {
      getLog().info(message + ", expected at least " + minAccuracy);
      return true;
    }
    getLog().error(message + ", expected at least " + minAccuracy);
    return false;
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
