package org.cnnc.training.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
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
 * which w is small.
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
    float[] gradient = new float[first.length];
    double decay = setting("weight_decay");
    Optional<float[]> state = firstState(parameter);
    for (int i = 0; i < gradient.length; i++) {
      double change =
          state.isPresent()
              ? state.get()[i] / (1 - setting("beta1"))
              : ((double) first[i] - after.get(parameter).values()[i]) / RATE;
      gradient[i] = (float) (change - decay * first[i]);
    }
    return gradient;
  }

  private double setting(String name) {
    return section.setting(name).map(Float::doubleValue).orElse(0.0);
  }

  /** Of SGD the only one, of Adam the first moment. */
  private Optional<float[]> firstState(String parameter) {
    ParameterInfo wanted = info.parameter(parameter).orElseThrow();
    List<NamedBuffer> all = info.states();
    return all.stream()
        .filter(state -> info.parameterOf(state).equals(wanted))
        .findFirst()
        .map(state -> states.get(state.name()).values());
  }
}
