package org.cnnc.training.verify;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;

/**
 * What a step's gradients were, from what the optimizer made of them: programs store none. With g
 * the gradient, w the parameter, d the weight decay and states that were zero before the step:
 *
 * <pre>
 * SGD with momentum:  momentum = g + d * w
 * Adam:               first_moment = (1 - beta1) * (g + d * w)
 * SGD without:        w after the step = w - rate * (g + d * w)
 * </pre>
 *
 * All but the last are exact to a rounding or two, and so is that one at a {@link #RATE} beside
 * which w is small; with a weight decay, as far as d * w is not much larger than g.
 */
final class LearntGradient {
  /** Of the step, where there are no states: a power of two, so that nothing is rounded by it. */
  static final float RATE = 1 << 20;

  private final ProgramInfo info;
  private final TrainInfo section;
  private final Map<String, Tensor> before;
  private final Map<String, Tensor> after;
  private final Map<String, Tensor> states;

  /**
   * The gradients of the step that a program has just made, at {@link #RATE}.
   *
   * @param before parameters before that step
   */
  LearntGradient(ProgramInfo info, StoredTensors stored, Map<String, Tensor> before) {
    this.info = info;
    this.section = info.train().orElseThrow();
    this.before = before;
    this.after = stored.parameters();
    this.states = stored.states();
  }

  /** The gradient of a parameter, the last dimension running fastest. */
  float[] of(String parameter) {
    float[] first = before.get(parameter).values();
    Optional<float[]> state = firstState(parameter);
    float[] from = state.isPresent() ? new float[first.length] : first;
    float[] to = state.orElseGet(() -> after.get(parameter).values());
    double factor = state.isPresent() ? 1 / oneMinusBeta1() : -1.0 / RATE;
    double decay = setting("weight_decay");
    float[] gradient = new float[first.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (factor * ((double) to[i] - from[i]) - decay * first[i]);
    }
    return gradient;
  }

  /** What the program multiplies with: of the decimal that was written, rounded once. */
  private double oneMinusBeta1() {
    return section
        .setting("beta1")
        .map(beta -> BigDecimal.ONE.subtract(new BigDecimal(Float.toString(beta))).floatValue())
        .orElse(1f);
  }

  private double setting(String name) {
    return section.setting(name).map(Float::doubleValue).orElse(0.0);
  }

  /** Of SGD the only one, of Adam the first moment. */
  private Optional<float[]> firstState(String parameter) {
    ParameterInfo wanted = info.parameter(parameter).orElseThrow();
    return info.states().stream()
        .filter(state -> info.parameterOf(state).equals(wanted))
        .findFirst()
        .map(state -> states.get(state.name()).values());
  }
}
