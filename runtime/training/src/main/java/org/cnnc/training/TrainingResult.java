package org.cnnc.training;

import java.util.List;
import org.cnnc.runtime.Safetensors;

/**
 * What a run ended with.
 *
 * @param weights the best weights by the validation data, or the last ones without such; for
 *     shipping: parameters and metadata, the same bytes whenever the run is repeated
 * @param history the epochs of this run; after a resume, those since then
 * @param stopped whether it was stopped before all epochs were done
 */
public record TrainingResult(Safetensors weights, List<EpochReport> history, boolean stopped) {
  public TrainingResult {
    history = List.copyOf(history);
  }
}
