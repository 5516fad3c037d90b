package org.cnnc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/**
 * Answers of a prediction program whose parameters are set; what a generated classifier is a face
 * of. Shared by any number of threads: each call borrows a scratch arena from a pool of at most as
 * many as there are processors. A call allocates nothing but its result, once the pool is filled.
 *
 * <p>Inputs are one image, [C, H, W] channel-major. Scores are the values of the first output.
 */
public final class PredictionSession {
  private final Map<String, String> metadata;
  private final Supplier<Program> vectors;
  private volatile PredictionProgram current;

  /**
   * A session over a program whose parameters are set, which it prepares.
   *
   * @throws IllegalArgumentException if this is no prediction program
   */
  public PredictionSession(Program program, ProgramInfo info) {
    this(program, info, Runtime.getRuntime().availableProcessors());
  }

  /** As above, with room for this many predictions at the same time. */
  public PredictionSession(Program program, ProgramInfo info, int mostAtOnce) {
    this.metadata = Map.of();
    this.vectors = null;
    this.current = new PredictionProgram(program, info, mostAtOnce, null);
  }

  private PredictionSession(
      Program program, Supplier<Program> vectors, boolean isPlain, Safetensors weights)
      throws WeightsException {
    this.metadata = weights.metadata();
    this.vectors = vectors;
    VectorSwitch watcher = isPlain && vectors != null ? new VectorSwitch(this, vectors) : null;
    this.current = PredictionProgram.load(program, weights, watcher);
  }

  /**
   * A session over a program with the parameters of {@code weights}.
   *
   * @throws WeightsException if they are not this model's, or not finite
   */
  public static PredictionSession load(Program program, Safetensors weights)
      throws WeightsException {
    return new PredictionSession(program, null, true, weights);
  }

  /**
   * A session that begins with the plain form of a program, and goes on with the vector form as
   * soon as that is faster, where this Java has vectors; {@link VectorSupport} says who decides. No
   * answer depends on it.
   *
   * @param plain a new program
   * @param vectors makes new ones of the vector target; called on another thread
   * @throws WeightsException if the weights are not this model's, or not finite
   */
  public static PredictionSession load(
      Program plain, Supplier<Program> vectors, Safetensors weights) throws WeightsException {
    if (VectorSupport.isRefused()) {
      return load(plain, weights);
    }
    if (VectorSupport.isDemanded()) {
      if (VectorSupport.hasModule()) {
        return new PredictionSession(vectors.get(), vectors, false, weights);
      }
      VectorSupport.tellOnce();
    }
    return new PredictionSession(plain, vectors, true, weights);
  }

  /**
   * A session with other weights, in the form that this one has come to.
   *
   * @param plain a new program, of the plain target if there are two
   * @throws WeightsException if they are not this model's, or not finite
   */
  public PredictionSession successor(Program plain, Safetensors weights) throws WeightsException {
    return usesVectors()
        ? new PredictionSession(vectors.get(), vectors, false, weights)
        : new PredictionSession(plain, vectors, true, weights);
  }

  /** Whether calls compute in the vector form by now; changes no answer. */
  public boolean usesVectors() {
    return vectors != null && !current.isWatched();
  }

  /** The parameters, with the metadata that they were loaded with; a copy. */
  public Safetensors weights() {
    PredictionProgram program = current;
    return new Safetensors(program.info.model(), metadata, program.parameters());
  }

  /** What the program says of itself. */
  public ProgramInfo info() {
    return current.info;
  }

  /**
   * Prepares the program again, after its parameters were changed. No prediction may run meanwhile.
   */
  public void refresh() {
    current.refresh();
  }

  PredictionProgram current() {
    return current;
  }

  /** Calls that begin from now on are answered by this program. */
  void goOnWith(PredictionProgram next) {
    current = next;
  }

  /**
   * The scores of one image.
   *
   * @param input channels * height * width floats, taken as they are
   * @throws IllegalArgumentException if their number is wrong
   */
  public float[] predict(float[] input) {
    PredictionProgram program = current;
    return program.predict(input, program.output);
  }

  /** As {@link #predict(float[])}, from and into larger arrays. */
  public void predict(float[] input, int offset, float[] scores, int scoresOffset) {
    predict(input, offset, 1, scores, scoresOffset);
  }

  /** As above, for pixels from 0 to 255, which are preprocessed as the model says. */
  public void predict(byte[] pixels, int offset, float[] scores, int scoresOffset) {
    predict(pixels, offset, 1, scores, scoresOffset);
  }

  /**
   * The scores of several images, each as it would be alone, computed on this thread: in groups
   * that share what is read of large weights, where the program has them.
   *
   * @param inputs one image after the other, from {@code offset} on
   * @param images how many
   * @param scores gets theirs, one after the other, from {@code scoresOffset} on
   */
  public void predict(float[] inputs, int offset, int images, float[] scores, int scoresOffset) {
    PredictionProgram program = current;
    program.predict(inputs, offset, images, program.output, scores, scoresOffset);
  }

  /** As above, for pixels from 0 to 255, which are preprocessed as the model says. */
  public void predict(byte[] pixels, int offset, int images, float[] scores, int scoresOffset) {
    PredictionProgram program = current;
    program.predict(pixels, offset, images, program.output, scores, scoresOffset);
  }

  /**
   * How many images are best predicted at once, of {@code images} for {@code threads} threads: as
   * many as share weights, unless a thread would be left without.
   */
  public int imagesAtOnce(int images, int threads) {
    int share = Math.max(1, (images + threads - 1) / threads);
    return Math.min(current.info.batch(), share);
  }

  /**
   * The scores of several images, each as it would be alone. Computes on the caller's thread and,
   * from two images on, on those of {@link java.util.concurrent.ForkJoinPool#commonPool()}.
   *
   * @param inputs one image after the other
   * @return the scores, in the same order
   * @throws IllegalArgumentException if these are not whole images
   */
  public float[] predictAll(float[] inputs) {
    PredictionProgram program = current;
    int size = program.info.input().elements();
    if (inputs.length % size != 0) {
      throw new IllegalArgumentException(
          "expected images of " + size + " floats, got " + inputs.length + " floats");
    }
    int classes = program.output.elements();
    int images = inputs.length / size;
    float[] scores = new float[Math.multiplyExact(images, classes)];
    int atOnce = imagesAtOnce(images, Runtime.getRuntime().availableProcessors());
    firstOfGroups(images, atOnce)
        .forEach(
            first -> {
              int count = Math.min(atOnce, images - first);
              predict(inputs, first * size, count, scores, first * classes);
            });
    return scores;
  }

  /**
   * The scores of several pictures, each as {@link #predict(int[], int, int)} gives them; computed
   * as {@link #predictAll(float[])} does, in groups that share what is read of large weights.
   *
   * @return the scores of each, in the same order
   */
  public List<float[]> predictAll(List<Picture> pictures) {
    Picture[] all = pictures.toArray(new Picture[0]);
    int classes = current.output.elements();
    float[] scores = new float[Math.multiplyExact(all.length, classes)];
    int atOnce = imagesAtOnce(all.length, Runtime.getRuntime().availableProcessors());
    firstOfGroups(all.length, atOnce)
        .forEach(
            first -> {
              int count = Math.min(atOnce, all.length - first);
              PredictionProgram program = current;
              program.predict(all, first, count, program.output, scores, first * classes);
            });
    List<float[]> each = new ArrayList<>(all.length);
    for (int i = 0; i < all.length; i++) {
      each.add(Arrays.copyOfRange(scores, i * classes, (i + 1) * classes));
    }
    return each;
  }

  /** The number of each group's first image, for the threads of the common pool. */
  private static IntStream firstOfGroups(int images, int atOnce) {
    return IntStream.range(0, (images + atOnce - 1) / atOnce)
        .map(group -> group * atOnce)
        .parallel();
  }

  /**
   * The scores of a picture: resized and preprocessed as {@link PixelPreprocessing} says.
   *
   * @param argb its pixels, row by row
   */
  public float[] predict(int[] argb, int width, int height) {
    PredictionProgram program = current;
    return program.predict(argb, width, height, program.output);
  }

  /** The answer for a picture; see {@link #predict(int[], int, int)}. */
  public Classification classify(int[] argb, int width, int height) {
    return Classification.of(predict(argb, width, height));
  }

  /** A named value of the network for a picture, channel-major. */
  public float[] predict(int[] argb, int width, int height, String value) {
    PredictionProgram program = current;
    return program.predict(argb, width, height, program.named(value));
  }

  /** A named value of the network for one image, channel-major. */
  public float[] predict(float[] input, String value) {
    PredictionProgram program = current;
    return program.predict(input, program.named(value));
  }

  /**
   * Several named values for one image.
   *
   * @throws IllegalArgumentException if the network keeps no value of a name
   */
  public Map<String, float[]> predict(float[] input, List<String> names) {
    PredictionProgram program = current;
    program.checkLength(input.length);
    Map<String, float[]> results = new LinkedHashMap<>();
    PredictionProgram.Arena arena = program.borrow();
    try {
      program.images.write(input, 0, arena.imageRows, 0);
      arena.forward(1);
      for (String name : names) {
        ValueInfo value = program.named(name);
        float[] elements = new float[value.elements()];
        value.read(arena.rows(value), 0, elements, 0);
        results.put(name, elements);
      }
    } finally {
      program.giveBack(arena);
    }
    return results;
  }
}
