package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.data.ValidationChoice;

/**
 * How a build trains; what is absent is as the network says.
 *
 * @param data to learn from
 * @param validation which images to judge by
 * @param threads 0 for as many as there are processors; changes no result
 */
record TrainingChoices(
    Path data,
    Optional<ValidationChoice> validation,
    Optional<Integer> epochs,
    Optional<Integer> batch,
    Optional<Float> rate,
    Optional<Long> seed,
    int threads) {

  CompilerOptions options() {
    return batch.map(CompilerOptions.DEFAULT::withBatch).orElse(CompilerOptions.DEFAULT);
  }

  TrainerSettings settings(TrainInfo section, Path checkpoint) {
    TrainerSettings said =
        TrainerSettings.of(section, threadCount(threads), Optional.of(checkpoint));
    return new TrainerSettings(
        epochs.orElse(said.epochs()),
        rate.orElse(said.rate()),
        seed.orElse(said.seed()),
        said.threads(),
        said.checkpoint());
  }

  /** A number of threads, 0 standing for all processors. */
  static int threadCount(int wanted) {
    return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
  }

  /** All that the weights depend on, but for the network. */
  Fingerprint addTo(Fingerprint fingerprint) throws IOException {
    fingerprint.withContent("data", data).with("dataName", data.getFileName());
    Optional<Path> others = validation.flatMap(ValidationChoice::path);
    if (others.isPresent()) {
      // Wherever the project lies; but weights and checkpoints tell the folder's name.
      fingerprint
          .withContent("validation", others.get())
          .with("validationName", others.get().getFileName());
    } else {
      fingerprint.with("validation", validation.map(ValidationChoice::text));
    }
    return fingerprint
        .with("epochs", epochs)
        .with("batch", batch)
        .with("rate", rate)
        .with("seed", seed);
  }
}
