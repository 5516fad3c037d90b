package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.report.EpochFigures;
import org.cnnc.report.ReportFacts;
import org.cnnc.report.TrainingReport;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.training.Outcomes;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.data.Dataset;

/**
 * What came of a training.
 *
 * @param setup what it was made of
 */
record TrainedNetwork(TrainingSetup setup, TrainingResult result) {
  /**
   * What images said of the weights.
   *
   * @param what the images: {@code test images}
   */
  record Judgement(String what, Dataset images, Outcomes outcomes) {}

  /**
   * Judges the weights by all images that were not learnt, and prints each judgement; returns the
   * last one.
   */
  Judgement judge(EvaluationReport report) throws IOException {
    PredictionSession session =
        PredictionSession.load(setup.programs().create(ProgramKind.PREDICTION), result.weights());
    List<Judgement> judgements = new ArrayList<>();
    judges()
        .forEach(
            (what, images) -> {
              int threads = setup.task().settings().threads();
              Outcomes outcomes = Outcomes.of(session, images, threads);
              report.print(outcomes.evaluation(), what);
              judgements.add(new Judgement(what, images, outcomes));
            });
    return judgements.get(judgements.size() - 1);
  }

  private Map<String, Dataset> judges() {
    Map<String, Dataset> judges = new LinkedHashMap<>();
    setup.task().data().validation().ifPresent(images -> judges.put("validation images", images));
    setup.test().ifPresent(images -> judges.put("test images", images));
    if (judges.isEmpty()) {
      judges.put("training images", setup.task().data().training());
    }
    return judges;
  }

  /** Writes the page that tells of the training. */
  void writeReport(Path file, Judgement judgement) throws IOException, UserException {
    ReportFacts facts =
        new ReportFacts(
            setup.model().network(),
            result.weights(),
            EpochFigures.of(result),
            setup.reported(),
            judgement.images(),
            judgement.what(),
            judgement.outcomes(),
            PredictionSession.load(setup.model().inspectedProgram().get(), result.weights()));
    byte[] page = TrainingReport.page(facts).getBytes(StandardCharsets.UTF_8);
    new OwnFile(file).write(page);
  }
}
