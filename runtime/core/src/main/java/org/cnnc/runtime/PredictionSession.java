package org.cnnc.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/**
 * Answers of a prediction program whose parameters are set; what a generated classifier is a face
 * of. Shared by any number of threads: each call borrows a scratch arena from a pool of at most as
 * many as there are processors. A call allocates nothing but its result, once the pool is filled.
 *
 * <p>Inputs are one image, [C, H, W] channel-major. Scores are the values of the first output.
 */
public final class PredictionSession {
  private static final String PREPARE = "prepare";

  private final Program program;
  private final ProgramInfo info;
  private final ValueInfo images;
  private final ValueInfo output;
  private final int[] forwardPhases;
  private final PixelPreprocessing preprocessing;
  private final ScratchPool<Arena> arenas;
  private final Map<String, String> metadata;

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
    this(program, info, mostAtOnce, Map.of());
  }

  private PredictionSession(
      Program program, ProgramInfo info, int mostAtOnce, Map<String, String> metadata) {
    this.program = program;
    this.metadata = metadata;
    this.info = info;
    this.images = info.images();
    this.output = firstOutput(info);
    checkKind();
    this.forwardPhases = phases(false);
    this.preprocessing = new PixelPreprocessing(info.input());
    this.arenas = new ScratchPool<>(mostAtOnce, new ArenaMaker());
    refresh();
  }

  /**
   * A session over a program with the parameters of {@code weights}.
   *
   * @throws WeightsException if they are not this model's, or not finite
   */
  public static PredictionSession load(Program program, Safetensors weights)
      throws WeightsException {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.load(program, info, weights);
    Parameters.checkFinite(info, weights);
    int mostAtOnce = Runtime.getRuntime().availableProcessors();
    return new PredictionSession(program, info, mostAtOnce, weights.metadata());
  }

  /** The parameters, with the metadata that they were loaded with; a copy. */
  public Safetensors weights() {
    return new Safetensors(info.model(), metadata, new StoredTensors(program, info).parameters());
  }

  private static ValueInfo firstOutput(ProgramInfo info) {
    if (info.outputs().isEmpty()) {
      throw new IllegalArgumentException("the network has no output");
    }
    OutputInfo first = info.outputs().get(0);
    return info.value(first.value()).orElseThrow();
  }

  private void checkKind() {
    if (info.kind() != Kind.PREDICTION) {
      throw new IllegalArgumentException(info.model() + " is no prediction program");
    }
    if (scope(images) != Scope.WORKER || scope(output) != Scope.WORKER) {
      throw new IllegalArgumentException(
          info.model() + ": a prediction's input and output belong into its worker's scratch");
    }
  }

  private int[] phases(boolean preparing) {
    int[] chosen = new int[info.phases().size()];
    int count = 0;
    for (int i = 0; i < chosen.length; i++) {
      if (info.phases().get(i).name().equals(PREPARE) == preparing) {
        chosen[count++] = i;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  private Scope scope(ValueInfo value) {
    return info.buffers().get(value.buffer()).scope();
  }

  /** What the program says of itself. */
  public ProgramInfo info() {
    return info;
  }

  /**
   * Prepares the program again, after its parameters were changed. No prediction may run meanwhile.
   */
  public void refresh() {
    Arena arena = arenas.borrow();
    try {
      for (int phase : phases(true)) {
        arena.run(phase);
      }
    } finally {
      arenas.giveBack(arena);
    }
  }

  /**
   * The scores of one image.
   *
   * @param input channels * height * width floats, taken as they are
   * @throws IllegalArgumentException if their number is wrong
   */
  public float[] predict(float[] input) {
    checkLength(input.length);
    float[] scores = new float[output.elements()];
    predict(input, 0, scores, 0);
    return scores;
  }

  /** As {@link #predict(float[])}, from and into larger arrays. */
  public void predict(float[] input, int offset, float[] scores, int scoresOffset) {
    Arena arena = arenas.borrow();
    try {
      images.write(input, offset, arena.imageRows, 0);
      arena.forward();
      output.read(arena.outputRows, 0, scores, scoresOffset);
    } finally {
      arenas.giveBack(arena);
    }
  }

  /** As above, for pixels from 0 to 255, which are preprocessed as the model says. */
  public void predict(byte[] pixels, int offset, float[] scores, int scoresOffset) {
    Arena arena = arenas.borrow();
    try {
      preprocessing.write(pixels, offset, images, arena.imageRows, 0);
      arena.forward();
      output.read(arena.outputRows, 0, scores, scoresOffset);
    } finally {
      arenas.giveBack(arena);
    }
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
    int size = info.input().elements();
    if (inputs.length % size != 0) {
      throw new IllegalArgumentException(
          "expected images of " + size + " floats, got " + inputs.length + " floats");
    }
    int classes = output.elements();
    float[] scores = new float[Math.multiplyExact(inputs.length / size, classes)];
    IntStream.range(0, inputs.length / size)
        .parallel()
        .forEach(image -> predict(inputs, image * size, scores, image * classes));
    return scores;
  }

  /**
   * The scores of a picture: resized and preprocessed as {@link PixelPreprocessing} says.
   *
   * @param argb its pixels, row by row
   */
  public float[] predict(int[] argb, int width, int height) {
    return predict(argb, width, height, output);
  }

  private float[] predict(int[] argb, int width, int height, ValueInfo value) {
    float[] elements = new float[value.elements()];
    Arena arena = arenas.borrow();
    try {
      preprocessing.resize(argb, width, height, arena.pixels, 0);
      preprocessing.write(arena.pixels, 0, images, arena.imageRows, 0);
      arena.forward();
      value.read(arena.rows(value), 0, elements, 0);
    } finally {
      arenas.giveBack(arena);
    }
    return elements;
  }

  /** The answer for a picture; see {@link #predict(int[], int, int)}. */
  public Classification classify(int[] argb, int width, int height) {
    return Classification.of(predict(argb, width, height));
  }

  /** A named value of the network for a picture, channel-major. */
  public float[] predict(int[] argb, int width, int height, String value) {
    return predict(argb, width, height, named(value));
  }

  /** A named value of the network for one image, channel-major. */
  public float[] predict(float[] input, String value) {
    checkLength(input.length);
    ValueInfo wanted = named(value);
    float[] elements = new float[wanted.elements()];
    Arena arena = arenas.borrow();
    try {
      images.write(input, 0, arena.imageRows, 0);
      arena.forward();
      wanted.read(arena.rows(wanted), 0, elements, 0);
    } finally {
      arenas.giveBack(arena);
    }
    return elements;
  }

  /**
   * Several named values for one image.
   *
   * @throws IllegalArgumentException if the network keeps no value of a name
   */
  public Map<String, float[]> predict(float[] input, List<String> names) {
    checkLength(input.length);
    Map<String, float[]> results = new LinkedHashMap<>();
    Arena arena = arenas.borrow();
    try {
      images.write(input, 0, arena.imageRows, 0);
      arena.forward();
      for (String name : names) {
        ValueInfo value = named(name);
        float[] elements = new float[value.elements()];
        value.read(arena.rows(value), 0, elements, 0);
        results.put(name, elements);
      }
    } finally {
      arenas.giveBack(arena);
    }
    return results;
  }

  /** By position, not by stream: a prediction allocates nothing but its result. */
  private ValueInfo named(String name) {
    for (int i = 0; i < info.values().size(); i++) {
      ValueInfo value = info.values().get(i);
      if (value.name().equals(name)) {
        checkKept(value);
        return value;
      }
    }
    throw new IllegalArgumentException(
        "no value \""
            + name
            + "\"; there are "
            + info.values().stream().map(ValueInfo::name).toList());
  }

  private void checkKept(ValueInfo value) {
    if (scope(value) != Scope.WORKER) {
      throw new IllegalArgumentException("value \"" + value.name() + "\" is not kept");
    }
  }

  private void checkLength(int length) {
    if (length != info.input().elements()) {
      throw new IllegalArgumentException(
          "expected " + info.input().elements() + " floats, got " + length);
    }
  }

  /** A class: the first lambda of a program costs its start more than loading does. */
  private final class ArenaMaker implements Supplier<Arena> {
    @Override
    public Arena get() {
      return new Arena();
    }
  }

  /** What one call needs for itself; looks up rows once, because looking allocates. */
  private final class Arena {
    private final Program.Scratch scratch = program.newScratch();
    private final float[][][] rowsByBuffer = new float[info.buffers().size()][][];
    private final float[][] imageRows = rows(images);
    private final float[][] outputRows = rows(output);
    private final byte[] pixels = new byte[info.input().elements()];

    private void forward() {
      for (int phase : forwardPhases) {
        run(phase);
      }
    }

    private void run(int phase) {
      int tasks = info.phases().get(phase).tasks();
      for (int task = 0; task < tasks; task++) {
        program.run(phase, task, 1, scratch);
      }
    }

    private float[][] rows(ValueInfo value) {
      int buffer = value.buffer();
      if (rowsByBuffer[buffer] == null) {
        rowsByBuffer[buffer] = scratch.rows(buffer);
      }
      return rowsByBuffer[buffer];
    }
  }
}
