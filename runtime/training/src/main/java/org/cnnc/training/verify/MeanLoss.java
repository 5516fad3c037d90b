package org.cnnc.training.verify;

import java.util.Map;
import java.util.stream.IntStream;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainingSteps;

/**
 * The mean loss of a training program over some seeded images and classes, as a function of its
 * parameters, which begin as seeded random numbers. It is computed by steps at the rate 0; its
 * gradients by one at {@link LearntGradient#RATE}, after which the parameters are put back.
 *
 * <p>The numbers are as large as He's initialisation makes them: with those that training begins
 * with, values and gradients become smaller from layer to layer, and in a deep network the loss
 * hardly feels the first ones.
 */
final class MeanLoss implements AutoCloseable {
  /** From uniform within 1 / sqrt(fanIn) to a variance of 2 / fanIn: the root of 6. */
  private static final float LARGER = 2.4494898f;

  private final ProgramInfo info;
  private final StoredTensors stored;
  private final Map<String, Tensor> first;
  private final TrainingSteps steps;
  private final TrainingSteps learning;
  private final float[] images;
  private final int[] targets;

  MeanLoss(Program program, ProgramInfo info, int mostImages, long seed) {
    Parameters.initialise(program, info, seed);
    this.info = info;
    this.stored = new StoredTensors(program, info);
    Map<String, Tensor> initial = stored.parameters();
    for (ParameterInfo parameter : info.parameters()) {
      stored.setParameter(parameter, larger(initial.get(parameter.name()).values()));
    }
    this.first = stored.parameters();
    this.steps = new TrainingSteps(program, info, 0, 1);
    this.learning = new TrainingSteps(program, info, LearntGradient.RATE, 1);
    int count = Math.min(mostImages, info.batch());
    this.images = new NoiseImages(info.input(), RandomSource.of(seed, "images")).next(count);
    RandomSource random = RandomSource.of(seed, "targets");
    int classes = classes(info);
    this.targets = IntStream.range(0, count).map(i -> random.nextInt(classes)).toArray();
  }

  private static float[] larger(float[] values) {
    float[] larger = new float[values.length];
    for (int i = 0; i < larger.length; i++) {
      larger[i] = LARGER * values[i];
    }
    return larger;
  }

  private static int classes(ProgramInfo info) {
    LossInfo loss = info.loss().orElseThrow();
    return info.outputs().stream()
        .filter(output -> output.name().equals(loss.output()))
        .findFirst()
        .flatMap(output -> info.value(output.value()))
        .orElseThrow()
        .elements();
  }

  /** A parameter's first values. */
  float[] first(String parameter) {
    return first.get(parameter).values();
  }

  void set(String parameter, float[] values) {
    stored.setParameter(info.parameter(parameter).orElseThrow(), values);
  }

  /** The loss with other values of a parameter, which stay; summed in double, so not rounded. */
  double at(String parameter, float[] values) {
    set(parameter, values);
    double sum = 0;
    for (float loss : losses()) {
      sum += loss;
    }
    return sum / targets.length;
  }

  /** The loss of each image, with the parameters as they are. */
  float[] losses() {
    run(steps);
    float[] losses = new float[targets.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = steps.loss(i);
    }
    return losses;
  }

  private void run(TrainingSteps some) {
    for (int i = 0; i < targets.length; i++) {
      some.image(i).floats(images, i * info.input().elements());
      some.setTarget(i, targets[i]);
    }
    some.run(targets.length);
  }

  /** The gradients of the loss, with the parameters as they are. */
  LearntGradient gradients() {
    Map<String, Tensor> before = stored.parameters();
    stored.clearStates();
    run(learning);
    LearntGradient gradients = new LearntGradient(info, stored, before);
    before.forEach((name, tensor) -> set(name, tensor.values()));
    return gradients;
  }

  @Override
  public void close() {
    steps.close();
    learning.close();
  }
}
