package org.cnnc.training;

import java.util.List;
import org.cnnc.runtime.Safetensors;

/**
 * What a run ended with.
 *
 * @param weights the best weights by the validation data, or the last ones without such; for
 *     shipping: parameters and metadata, the same bytes whenever the run is repeated
 * @param history the epochs of this run; after a resume, those since then
 * @param ending why it ended
 */
public record TrainingResult(Safetensors weights, List<EpochReport> history, Ending ending) {
  public TrainingResult {
    history = List.copyOf(history);
  }

  /** Why a run ended. */
  public enum Ending {
    /** All epochs are done. */
    COMPLETE,
    /** So many epochs brought nothing better that it is complete: {@link LongRun#patience}. */
    OUT_OF_PATIENCE,
    /** It was told to stop: {@link Trainer#stop}. */
    STOPPED,
    /** Its time was up: {@link LongRun#limit}. */
    OUT_OF_TIME
  }

  /** Whether there is something left to go on with. */
  public boolean stopped() {
    return ending == Ending.STOPPED || ending == Ending.OUT_OF_TIME;
  }
}
