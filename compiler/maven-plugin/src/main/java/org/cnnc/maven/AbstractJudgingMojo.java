package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Safetensors;

/** What the goals share that judge weights. */
abstract class AbstractJudgingMojo extends AbstractLearningMojo {
  /**
   * Images of the data that were not learnt, as {@code cnnc:train} was told: {@code 0.2}, the part
   * that it chose; {@code last:2000}; or a path to other data. They alone judge; without it all
   * images, learnt or not. Of data in two parts it is the test part, whatever this says. Example:
   * {@code 0.2}.
   */
  @Parameter(property = "cnnc.validation")
  String validation;

  /**
   * Weights to judge; by default those that the app ships beside its class. Example: <code>
   * ${project.basedir}/digits.safetensors</code>.
   */
  @Parameter(property = "cnnc.weights")
  File weights;

  /**
   * A network with its weights.
   *
   * @param session answers with the weights
   * @param judged the images to judge them by
   */
  record Judgement(PredictionSession session, Safetensors weights, JudgedImages judged) {}

  /** The weights, asked by a program that is compiled with these options. */
  final Judgement judgement(
      NetworkFile file, NetworkGraph graph, CompilerOptions options, LabelledImages images)
      throws IOException, MojoFailureException {
    CompilationResult compiled =
        Compiler.compile(graph, tuned(options.withPrograms(ProgramKind.PREDICTION), file, graph));
    if (compiled.hasErrors()) {
      throw DiagnosticLogger.failure(new DiagnosticLogger(getLog()).log(compiled.diagnostics()));
    }
    Safetensors shipped = Safetensors.read(weights(file, graph));
    PredictionSession session =
        PredictionSession.load(NetworkTraining.create(compiled, ProgramKind.PREDICTION), shipped);
    JudgedImages judged =
        JudgedImages.of(
            images.read(session.info()), images, session.info(), shipped, graph.training().seed());
    return new Judgement(session, shipped, judged);
  }

  /** Those that the parameter names, or that lie beside the app's class. */
  final Path weights(NetworkFile file, NetworkGraph graph) {
    return weights != null
        ? weights.toPath()
        : file.weights(Path.of(project.getBuild().getOutputDirectory()), graph);
  }
}
