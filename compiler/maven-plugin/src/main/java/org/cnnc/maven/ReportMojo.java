package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.EpochFigures;
import org.cnnc.report.ReportFacts;
import org.cnnc.report.TrainingReport;
import org.cnnc.runtime.AtomicFiles;
import org.cnnc.training.Outcomes;

/**
 * Writes a page that tells what a network has learnt, as {@code cnnc train --report} does: curves,
 * confusion matrix, worst mistakes, filters, feature maps. It is one file, for any browser, named
 * after the network's class: {@code target/cnnc/org.example.Digits-report.html}.
 *
 * <p>The weights are those that the app ships, and the images those that were not learnt. Curves
 * are there if {@code cnnc:train} trained these weights, in this build or in one before, since
 * {@code mvn clean}. While network, weights and images are unchanged, the page stays as it is.
 */
@Mojo(name = "report", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, threadSafe = true)
public final class ReportMojo extends AbstractJudgingMojo {
  /** What weights say of their training, after {@code cnnc.}, and people ask for. */
  private static final List<String> SETTINGS = List.of("epochs", "batch", "rate", "seed");

  /**
   * Labelled images to judge by, as {@code cnnc:train} was given them; of data in two parts, the
   * test part. Example: <code>${project.basedir}/src/pictures</code>.
   */
  @Parameter(property = "cnnc.data", required = true)
  File data;

  /** Folder for the page. Example: <code>${project.build.directory}/site</code>. */
  @Parameter(
      property = "cnnc.reportDirectory",
      defaultValue = "${project.build.directory}/cnnc",
      required = true)
  File reportDirectory;

  @Override
  void run() throws IOException, SourceException, MojoFailureException {
    NetworkFile file = chosenNetwork();
    NetworkGraph graph = NetworkChoice.read(file, getLog());
    Path weights = expectWeights(file, graph);
    Path page = reportDirectory.toPath().resolve(file.className(graph) + "-report.html");
    Path recordFile = recordFolder().resolve(file.relativeWithEnding(".report.record"));
    try (LabelledImages images = images(data, validation)) {
      List<EpochFigures> history = RecordedEpochs.read(epochs(file)).of(weights);
      String inputs = inputs(graph, weights, images, history);
      if (BuildRecord.read(recordFile, baseFolder()).isCurrent(inputs, page)) {
        getLog().info("Nothing to report - network, weights and images are unchanged");
        return;
      }
      String text = TrainingReport.page(facts(file, graph, images, history));
      Files.createDirectories(page.getParent());
      AtomicFiles.write(page, text.getBytes(StandardCharsets.UTF_8));
      BuildRecord.of(inputs, List.of(page)).write(recordFile, baseFolder());
      getLog().info("Report: " + page);
      if (history.isEmpty()) {
        getLog().info("It has no curves: the epochs of these weights are not known here");
      }
    }
  }

  private Path expectWeights(NetworkFile file, NetworkGraph graph) throws MojoFailureException {
    Path weights = weights(file, graph);
    if (!Files.isRegularFile(weights)) {
      throw new MojoFailureException(
          file.path()
              + ": expected the weights to report on, there is no "
              + weights
              + "; train the network first, or lay its weights among the resources");
    }
    return weights;
  }

  private static String inputs(
      NetworkGraph graph, Path weights, LabelledImages images, List<EpochFigures> history)
      throws IOException {
    Fingerprint fingerprint =
        new Fingerprint()
            .with("compiler", CompilerIdentity.text())
            .with("text", graph.source().text())
            .withContent("weights", weights)
            .with("history", history);
    return images.addTo(fingerprint).value();
  }

  private ReportFacts facts(
      NetworkFile file, NetworkGraph graph, LabelledImages images, List<EpochFigures> history)
      throws IOException, MojoFailureException {
    CompilerOptions options = CompilerOptions.DEFAULT.withKeptValues(graph.layerValues());
    Judgement judgement = judgement(file, graph, options, images);
    JudgedImages judged = judgement.judged();
    int threadCount = TrainingChoices.threadCount(threads);
    return new ReportFacts(
        graph,
        judgement.weights(),
        history,
        settings(judgement.weights().metadata()),
        judged.images(),
        judged.what(),
        Outcomes.of(judgement.session(), judged.images(), threadCount),
        judgement.session());
  }

  private static Map<String, String> settings(Map<String, String> metadata) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : SETTINGS) {
      String value = metadata.get("cnnc." + name);
      if (value != null) {
        settings.put(name, value);
      }
    }
    return settings;
  }
}
