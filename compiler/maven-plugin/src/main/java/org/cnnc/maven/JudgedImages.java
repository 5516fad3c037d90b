package org.cnnc.maven;

import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.DatasetDigest;

/**
 * The images that weights are judged by.
 *
 * @param what they are: {@code test images}
 */
record JudgedImages(String what, Dataset images) {
  private static final String SEED = "cnnc.seed";
  private static final String HELD_BACK = "cnnc.validation";
  private static final String WHAT_TO_DO =
      "train again, or give data that were never learnt and no validation";
  private static final String CONTENT = "cnnc.validation.sha256";

  /**
   * The test part of the data, else what training did not learn, else all.
   *
   * @param source where the data are from, and what training was told not to learn of them
   * @param seed that training chose by, if the weights do not know
   * @throws MojoFailureException if the weights say that training held back others
   */
  static JudgedImages of(
      DataReader.Data data, LabelledImages source, ProgramInfo info, Safetensors weights, long seed)
      throws IOException, MojoFailureException {
    if (data.test().isPresent()) {
      return new JudgedImages("test images", data.test().get());
    }
    if (source.validation().isEmpty()) {
      return new JudgedImages("images", data.training());
    }
    long chosenBy = seed(weights).orElse(seed);
    Dataset held = source.split(data.training(), info, chosenBy).validation().orElseThrow();
    expectHeldBack(held, info, weights);
    return new JudgedImages("validation images", held);
  }

  /** Among others there would be some that were learnt, and nobody would know. */
  private static void expectHeldBack(Dataset held, ProgramInfo info, Safetensors weights)
      throws MojoFailureException {
    String then = weights.metadata().getOrDefault(HELD_BACK, held.description());
    if (!then.equals(held.description())) {
      throw new MojoFailureException(
          "parameter validation: training held back other images than these: \""
              + then
              + "\", now \""
              + held.description()
              + "\"; "
              + WHAT_TO_DO);
    }
    String content = weights.metadata().get(CONTENT);
    if (content != null && !content.equals(DatasetDigest.of(held, info.input().elements()))) {
      throw new MojoFailureException(
          "parameter validation: the images of \""
              + then
              + "\" are not those any more that training held back: their number is the same, their"
              + " content is not; "
              + WHAT_TO_DO);
    }
  }

  /** The seed of a run need not be the network's own. */
  private static Optional<Long> seed(Safetensors weights) {
    try {
      return Optional.ofNullable(weights.metadata().get(SEED)).map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty(); // not from a training of ours
    }
  }
}
