package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.check.DataCheck;
import org.cnnc.compiler.graph.check.RunSetting;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.training.LongRun;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.data.Dataset;

/**
 * How a build trains; what is absent is as the network says.
 *
 * @param images to learn from, and to judge by
 * @param threads 0 for as many as there are processors; changes no result
 * @param longRun what ends the run before its last epoch
 */
record TrainingChoices(
    LabelledImages images,
    Optional<Integer> epochs,
    Optional<Integer> batch,
    Optional<Float> rate,
    Optional<Long> seed,
    int threads,
    LongRun longRun) {

  CompilerOptions options() {
    return batch.map(CompilerOptions.DEFAULT::withBatch).orElse(CompilerOptions.DEFAULT);
  }

  TrainerSettings settings(TrainInfo section, Path checkpoint) {
    return TrainerSettings.of(section, threadCount(threads), Optional.of(checkpoint))
        .with(epochs, rate, seed)
        .withLongRun(longRun);
  }

  /**
   * What looks wrong about the images and the settings.
   *
   * @param network as its text says
   * @param learnt the images to learn from
   */
  List<Diagnostic> warnings(NetworkGraph network, Dataset learnt) {
    int taken = batch.orElse(network.training().batch());
    return DataCheck.beforeTraining(
        network.withTraining(network.training().withBatch(taken)),
        batch.map(given -> setting("batch", given)),
        rate.map(given -> setting("rate", given)),
        learnt.classesFound(),
        learnt.size());
  }

  private static <T> RunSetting<T> setting(String parameter, T value) {
    return RunSetting.of("parameter", parameter + " = " + value, value);
  }

  /** A number of threads, 0 standing for all processors. */
  static int threadCount(int wanted) {
    return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
  }

  /**
   * All that the weights depend on, but for the network. A limit of time is not among it: a run
   * that it stops is not complete, and goes on to the same bits.
   */
  Fingerprint addTo(Fingerprint fingerprint) throws IOException {
    return images
        .addTo(fingerprint)
        .with("epochs", epochs)
        .with("batch", batch)
        .with("rate", rate)
        .with("seed", seed)
        .with("patience", longRun.patience());
  }
}
