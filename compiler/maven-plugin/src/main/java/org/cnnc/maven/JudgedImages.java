package org.cnnc.maven;

import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ValidationChoice;

/**
 * The images that weights are judged by.
 *
 * @param what they are: {@code test images}
 */
record JudgedImages(String what, Dataset images) {
  private static final String SEED = "cnnc.seed";

  /**
   * The test part of the data, else what training did not learn, else all.
   *
   * @param validation what training was told not to learn
   * @param seed that training chose by, if the weights do not know
   */
  static JudgedImages of(
      DataReader.Data data,
      Optional<ValidationChoice> validation,
      ProgramInfo info,
      Safetensors weights,
      long seed)
      throws IOException, MojoFailureException {
    if (data.test().isPresent()) {
      return new JudgedImages("test images", data.test().get());
    }
    if (validation.isEmpty()) {
      return new JudgedImages("images", data.training());
    }
    long chosenBy = seed(weights).orElse(seed);
    Dataset held =
        NetworkTraining.split(data.training(), validation, info, chosenBy)
            .validation()
            .orElseThrow();
    return new JudgedImages("validation images", held);
  }

  /** The seed of a run need not be the network's own. */
  private static Optional<Long> seed(Safetensors weights) {
    return Optional.ofNullable(weights.metadata().get(SEED))
        .filter(text -> text.matches("-?[0-9]{1,18}"))
        .map(Long::valueOf);
  }
}
