package org.cnnc.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/**
 * A prediction program whose parameters are set, prepared, with the arenas that calls work in: one
 * form of what a {@link PredictionSession} computes. Each call borrows an arena and gives it back.
 */
final class PredictionProgram implements Supplier<PredictionProgram.Arena> {
  private static final String PREPARE = "prepare";

  final Program program;
  final ProgramInfo info;
  final ValueInfo images;
  final ValueInfo output;
  final PixelPreprocessing preprocessing;
  private final int[] forwardPhases;
  private final ScratchPool<Arena> arenas;

  /** Is told how long calls compute; null when nobody asks. */
  private final VectorSwitch watcher;

  /**
   * Prepares a program.
   *
   * @param mostAtOnce room for this many predictions at the same time
   * @param watcher is told how long calls compute, or null
   * @throws IllegalArgumentException if this is no prediction program
   */
  PredictionProgram(Program program, ProgramInfo info, int mostAtOnce, VectorSwitch watcher) {
    this.program = program;
    this.info = info;
    this.images = info.images();
    this.output = firstOutput(info);
    this.watcher = watcher;
    checkKind();
    this.forwardPhases = phases(false);
    this.preprocessing = new PixelPreprocessing(info.input());
    this.arenas = new ScratchPool<>(mostAtOnce, this);
    refresh();
  }

  /**
   * A program with the parameters of {@code weights}, with room for a prediction on each processor.
   *
   * @throws WeightsException if they are not this model's, or not finite
   */
  static PredictionProgram load(Program program, Safetensors weights, VectorSwitch watcher)
      throws WeightsException {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.load(program, info, weights);
    Parameters.checkFinite(info, weights);
    return new PredictionProgram(
        program, info, Runtime.getRuntime().availableProcessors(), watcher);
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

  /** Prepares the program again, after its parameters were changed. No call may run meanwhile. */
  void refresh() {
    Arena arena = arenas.borrow();
    try {
      for (int phase : phases(true)) {
        arena.run(phase, 1);
      }
    } finally {
      arenas.giveBack(arena);
    }
  }

  /** The parameters by name, a copy. */
  Map<String, Tensor> parameters() {
    return new StoredTensors(program, info).parameters();
  }

  /** Whether another form is to take its place. */
  boolean isWatched() {
    return watcher != null;
  }

  /** A value of one image, channel-major. */
  float[] predict(float[] input, ValueInfo value) {
    checkLength(input.length);
    float[] elements = new float[value.elements()];
    predict(input, 0, 1, value, elements, 0);
    return elements;
  }

  /**
   * As above, from and into larger arrays, of any number of images that lie one after the other: in
   * groups, where the program has them.
   */
  void predict(
      float[] inputs, int offset, int count, ValueInfo value, float[] elements, int place) {
    Arena arena = arenas.borrow();
    try {
      int size = info.input().elements();
      for (int image = 0; image < count; image++) {
        images.write(inputs, offset + image * size, arena.imageRows, image % info.batch());
        arena.answerWhenFull(image, count, value, elements, place);
      }
    } finally {
      arenas.giveBack(arena);
    }
  }

  /** The same of pixels from 0 to 255, which are preprocessed. */
  void predict(byte[] pixels, int offset, int count, ValueInfo value, float[] elements, int place) {
    Arena arena = arenas.borrow();
    try {
      int size = info.input().elements();
      for (int image = 0; image < count; image++) {
        int inGroup = image % info.batch();
        preprocessing.write(pixels, offset + image * size, images, arena.imageRows, inGroup);
        arena.answerWhenFull(image, count, value, elements, place);
      }
    } finally {
      arenas.giveBack(arena);
    }
  }

  /** The same of pictures, which are resized and preprocessed. */
  void predict(
      Picture[] pictures, int first, int count, ValueInfo value, float[] elements, int place) {
    Arena arena = arenas.borrow();
    try {
      for (int image = 0; image < count; image++) {
        arena.take(pictures[first + image], image % info.batch());
        arena.answerWhenFull(image, count, value, elements, place);
      }
    } finally {
      arenas.giveBack(arena);
    }
  }

  /** A value of a picture, which is resized and preprocessed. */
  float[] predict(int[] argb, int width, int height, ValueInfo value) {
    float[] elements = new float[value.elements()];
    Arena arena = arenas.borrow();
    try {
      arena.take(argb, width, height, 0);
      arena.forward(1);
      value.read(arena.rows(value), 0, elements, 0);
    } finally {
      arenas.giveBack(arena);
    }
    return elements;
  }

  Arena borrow() {
    return arenas.borrow();
  }

  void giveBack(Arena arena) {
    arenas.giveBack(arena);
  }

  /**
   * A new arena, for the pool or beside it. Not a lambda: the first one of a program costs its
   * start more than loading does.
   */
  @Override
  public Arena get() {
    return new Arena();
  }

  /** A kept value. By position, not by stream: a prediction allocates nothing but its result. */
  ValueInfo named(String name) {
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
            + info.values().stream().map(ValueInfo::name).collect(Collectors.toList()));
  }

  private void checkKept(ValueInfo value) {
    if (scope(value) != Scope.WORKER) {
      throw new IllegalArgumentException("value \"" + value.name() + "\" is not kept");
    }
  }

  void checkLength(int length) {
    if (length != info.input().elements()) {
      throw new IllegalArgumentException(
          "expected " + info.input().elements() + " floats, got " + length);
    }
  }

  /** What one call needs for itself; looks up rows once, because looking allocates. */
  final class Arena {
    private final Program.Scratch scratch = program.newScratch();
    private final float[][][] rowsByBuffer = new float[info.buffers().size()][][];
    final float[][] imageRows = rows(images);
    final byte[] pixels = new byte[info.input().elements()];
    private long nanosWatched;

    /** Makes a picture an image of the arena. */
    void take(int[] argb, int width, int height, int image) {
      preprocessing.resize(argb, width, height, pixels, 0);
      preprocessing.write(pixels, 0, images, imageRows, image);
    }

    void take(Picture picture, int image) {
      take(picture.argb(), picture.width(), picture.height(), image);
    }

    /** Computes the network's values from the first images of the arena. */
    void forward(int count) {
      if (watcher == null || watcher.hasBegun()) {
        compute(count);
        return;
      }
      long begin = System.nanoTime();
      compute(count);
      nanosWatched += System.nanoTime() - begin;
      watcher.computed(nanosWatched);
    }

    /** As {@link #forward}, unwatched. */
    void compute(int count) {
      for (int phase : forwardPhases) {
        run(phase, count);
      }
    }

    private void run(int phase, int count) {
      int tasks = info.phases().get(phase).tasks();
      for (int task = 0; task < tasks; task++) {
        program.run(phase, task, count, scratch);
      }
    }

    /**
     * Computes the group at hand, if {@code image} is its last one or that of all {@code count},
     * and copies a value of its images to their places behind {@code place}.
     */
    void answerWhenFull(int image, int count, ValueInfo value, float[] elements, int place) {
      int inGroup = image % info.batch();
      if (inGroup < info.batch() - 1 && image < count - 1) {
        return;
      }
      forward(inGroup + 1);
      float[][] rows = rows(value);
      for (int i = 0; i <= inGroup; i++) {
        value.read(rows, i, elements, place + (image - inGroup + i) * value.elements());
      }
    }

    /** Where a value lies. */
    float[][] rows(ValueInfo value) {
      int buffer = value.buffer();
      if (rowsByBuffer[buffer] == null) {
        rowsByBuffer[buffer] = scratch.rows(buffer);
      }
      return rowsByBuffer[buffer];
    }
  }
}
