package org.cnnc.training;

import org.cnnc.runtime.Safetensors;

/**
 * How a {@link Teacher}'s lesson went.
 *
 * @param before the network as it was, judged on all that was shown
 * @param after with the new weights
 * @param epochs how often it went through all that was shown
 * @param weights the new weights; the old ones if they did not get better
 */
public record Lesson(Evaluation before, Evaluation after, int epochs, Safetensors weights) {
  /** Whether the new weights name more images rightly, or as many with a smaller loss. */
  public boolean improved() {
    return after.correct() > before.correct()
        || (after.correct() == before.correct() && after.meanLoss() < before.meanLoss());
  }
}
