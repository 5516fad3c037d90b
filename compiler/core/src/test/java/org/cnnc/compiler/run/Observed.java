package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainingSteps;

/**
 * What a program computes from seeded parameters and noise, as bits by name. All NaNs count as
 * equal: which of them an operation gives, no Java program says.
 */
@SuppressWarnings("ArrayRecordComponent") // compared entry by entry in assertSameAs
public record Observed(Map<String, int[]> bits) {
  private static final long PARAMETER_SEED = 3;
  private static final String GRADIENT = ", gradient of ";

  /** A whole group, and what is left of the next one. */
  private static final int PREDICTED = 7;

  /**
   * Trains: every step's losses; gradients of the first step and the last, if the program keeps
   * them; parameters and states at the end. The last two steps (but never the first) have only two
   * thirds of the images.
   */
  public static Observed training(Program program, int classes, int stepCount, int threads) {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, PARAMETER_SEED);
    Observed seen = new Observed(new LinkedHashMap<>());
    StoredTensors stored = new StoredTensors(program, info);
    float rate = info.train().orElseThrow().settings().get(0).value();
    RandomSource random = RandomSource.of(11);
    try (TrainingSteps steps = new TrainingSteps(program, info, rate, threads)) {
      for (int step = 0; step < stepCount; step++) {
        boolean full = step == 0 || step < stepCount - 2;
        int images = full ? info.batch() : Math.max(1, info.batch() * 2 / 3);
        for (int i = 0; i < images; i++) {
          steps.image(i).floats(noise(info, random), 0);
          steps.setTarget(i, random.nextInt(classes));
        }
        seen.put("losses of step " + step, losses(steps, images));
        if (step == 0 || step == stepCount - 1) {
          seen.put("step " + step + GRADIENT, stored.gradients());
        }
      }
    }
    seen.put("parameter ", stored.parameters());
    seen.put("state ", stored.states());
    return seen;
  }

  /** The mean, then each image's own. */
  private static float[] losses(TrainingSteps steps, int images) {
    float[] losses = new float[images + 1];
    losses[0] = steps.run(images);
    for (int i = 0; i < images; i++) {
      losses[i + 1] = steps.loss(i);
    }
    return losses;
  }

  /**
   * Predicts some images: all outputs. Fails where the program takes several images at once and
   * answers otherwise than one by one.
   */
  public static Observed prediction(Program program) {
    ProgramRun run = new ProgramRun(program);
    Parameters.initialise(program, run.info(), PARAMETER_SEED);
    Observed seen = predictions(run, PREDICTED, 1);
    for (int group = 2; group <= run.info().batch(); group++) {
      predictions(run, PREDICTED, group).assertSameAs(seen, "groups of " + group);
    }
    return seen;
  }

  /** All outputs of images that are computed so many at once. */
  private static Observed predictions(ProgramRun run, int images, int group) {
    RandomSource random = RandomSource.of(12);
    Observed seen = new Observed(new LinkedHashMap<>());
    for (int first = 0; first < images; first += group) {
      int count = Math.min(group, images - first);
      for (int i = 0; i < count; i++) {
        run.setImage(i, noise(run.info(), random));
      }
      run.step(count);
      for (int i = 0; i < count; i++) {
        for (OutputInfo output : run.info().outputs()) {
          float[] all = run.value(output.value(), count);
          int size = all.length / count;
          float[] value = Arrays.copyOfRange(all, i * size, (i + 1) * size);
          seen.put(output.name() + " of image " + (first + i), value);
        }
      }
    }
    return seen;
  }

  private static float[] noise(ProgramInfo info, RandomSource random) {
    float[] image = new float[info.input().elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.uniform(-2f, 2f);
    }
    return image;
  }

  /** The same as a program shows that keeps no gradients. */
  public Observed withoutGradients() {
    Map<String, int[]> others = new LinkedHashMap<>(bits);
    others.keySet().removeIf(name -> name.contains(GRADIENT));
    return new Observed(others);
  }

  private void put(String prefix, Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> put(prefix + name, tensor.values()));
  }

  private void put(String name, float[] values) {
    int[] all = new int[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.floatToIntBits(values[i]);
    }
    bits.put(name, all);
  }

  /** Whether every loss was a number. */
  public boolean lossesAreFinite() {
    return bits.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("losses"))
        .allMatch(entry -> areFinite(entry.getValue()));
  }

  private static boolean areFinite(int[] values) {
    for (int value : values) {
      if (!Float.isFinite(Float.intBitsToFloat(value))) {
        return false;
      }
    }
    return true;
  }

  /** Equal for equal bits, and for others hardly ever. */
  public String digest() {
    CRC32C sum = new CRC32C();
    bits.forEach(
        (name, values) -> {
          sum.update(name.getBytes(StandardCharsets.UTF_8));
          ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
          bytes.asIntBuffer().put(values);
          sum.update(bytes);
        });
    return Long.toHexString(sum.getValue());
  }

  /** Fails at the first entry whose bits differ. */
  public void assertSameAs(Observed expected, String what) {
    assertThat(bits.keySet()).as(what).isEqualTo(expected.bits.keySet());
    expected.bits.forEach(
        (key, values) -> assertThat(bits.get(key)).as(what + ": " + key).isEqualTo(values));
  }
}
