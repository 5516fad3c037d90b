package org.cnnc.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a generated program says about itself, read from its {@link Program#description()}.
 *
 * <p>The text has one fact a line, words parted by single spaces, texts in double quotes with
 * {@code \"}, {@code \\}, {@code \n} and {@code \r} escaped, floats as {@link Float#toString}:
 *
 * <pre>
 * cnnc "0.1.0"                                     version of the compiler; always the first line
 * model "HousePersonTree" hash "9f2c..." kind prediction|training
 * input "image" 3 32 32 scale 0.003921569 mean 0.0 0.0 0.0 std 1.0 1.0 1.0
 * images "image" buffer 4 pitch 32                 the buffer that takes the input: one row a channel (of every image)
 * images "image" buffer 4 pitch 32 group 4         of a prediction that takes up to 4 images at once
 * buffer model|shared|worker "conv1Weight" 16 27   scope, name, rows, length; in order
 * parameter "conv1.weight" dims 16 3 3 3 buffer 0 strides 27 1 9 3 fan_in 27
 * state "momentum.conv1.weight" buffer 7           same dims and strides as the parameter after the first dot
 * gradient "conv1.weight" buffer 8                 if kept: same dims and strides as the parameter
 * value "conv1" dims 16 32 32 buffer 9 pitch 33    an image's value; see {@link ValueInfo}
 * output "label" value "label" labels "house" "person" "tree"
 * loss "cross_entropy" of "label" targets 10 losses 11
 * scalars 12 rate momentum_correction ...          buffer of the step's scalars, and their names in order
 * train optimizer "sgd" batch 32 epochs 10 seed 1 rules "gradients-3" settings rate 0.05 momentum 0.9
 * phase "prepare" 4                                name and number of tasks; in order
 * phase "parameters" 16 updates                    one that changes parameters
 * phase "parameters" 16 updates small              one that is too little work for several threads
 * </pre>
 */
public record ProgramInfo(
    String compilerVersion,
    String model,
    String hash,
    Kind kind,
    InputInfo input,
    int imagesBuffer,
    int imagesPitch,
    int group,
    List<BufferInfo> buffers,
    List<ParameterInfo> parameters,
    List<NamedBuffer> states,
    List<NamedBuffer> gradients,
    List<ValueInfo> values,
    List<OutputInfo> outputs,
    Optional<LossInfo> loss,
    Optional<ScalarsInfo> scalars,
    Optional<TrainInfo> train,
    List<PhaseInfo> phases) {

  public ProgramInfo {
    Objects.requireNonNull(kind, "kind");
    buffers = List.copyOf(buffers);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    gradients = List.copyOf(gradients);
    values = List.copyOf(values);
    outputs = List.copyOf(outputs);
    phases = List.copyOf(phases);
  }

  /**
   * Reads a description.
   *
   * @throws IllegalArgumentException if the text is not in the format above, or names what is not
   *     there; the message has the line
   */
  public static ProgramInfo parse(String description) {
    return new DescriptionParser(description).parse();
  }

  /** The parameter of this name: {@code conv1.weight}. */
  public Optional<ParameterInfo> parameter(String name) {
    for (ParameterInfo parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /** The value of this name: {@code conv1}. */
  public Optional<ValueInfo> value(String name) {
    for (ValueInfo value : values) {
      if (value.name().equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The buffer of this name. */
  public Optional<BufferInfo> buffer(String name) {
    return buffers.stream().filter(buffer -> buffer.name().equals(name)).findFirst();
  }

  /** The position of the phase of this name. */
  public OptionalInt phase(String name) {
    return IntStream.range(0, phases.size())
        .filter(i -> phases.get(i).name().equals(name))
        .findFirst();
  }

  /**
   * The parameter that a state belongs to: its name is what follows the first dot of the state's.
   */
  public ParameterInfo parameterOf(NamedBuffer state) {
    String name = state.name().substring(state.name().indexOf('.') + 1);
    return parameter(name)
        .orElseThrow(() -> new IllegalArgumentException("no parameter for " + state.name()));
  }

  /** Most images in one step: the compiled batch; of a prediction program, its group, often 1. */
  public int batch() {
    return kind == Kind.TRAINING && train.isPresent() ? train.get().batch() : group;
  }

  /** Bytes of all buffers of a scope; those of {@link Scope#WORKER} are needed by each worker. */
  public long bytes(Scope scope) {
    return buffers.stream()
        .filter(buffer -> buffer.scope() == scope)
        .mapToLong(BufferInfo::bytes)
        .sum();
  }

  /** What the program does. */
  public enum Kind {
    /** Phases "prepare" (once after the parameters are set), then "forward" for a few images. */
    PREDICTION,
    /** All phases make one training step. */
    TRAINING
  }

  /** Who owns a buffer. */
  public enum Scope {
    /** Parameters and what is derived from them. */
    MODEL,
    /** One copy for all workers of a step. */
    SHARED,
    /** One copy for each worker. */
    WORKER
  }

  /**
   * The image the network takes, and what makes pixels (0 to 255) into its input: {@code (x * scale
   * - mean) / std}.
   */
  public record InputInfo(
      String name,
      int channels,
      int height,
      int width,
      float scale,
      List<Float> mean,
      List<Float> std) {
    public InputInfo {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (mean.size() != channels || std.size() != channels) {
        throw new IllegalArgumentException("mean and std need one number a channel");
      }
    }

    /** Number of elements: channels * height * width. */
    public int elements() {
      return channels * height * width;
    }
  }

  /** A buffer; position in the list is its number. */
  public record BufferInfo(Scope scope, String name, int rows, int length) {
    /** Bytes of its elements. */
    public long bytes() {
      return 4L * rows * length;
    }
  }

  /**
   * A parameter in PyTorch's name and shape, and where it is stored: element (i, j, ...) is at
   * {@code s = i * strides[0] + j * strides[1] + ...}, row {@code s / length}, place {@code s %
   * length} of the buffer.
   */
  public record ParameterInfo(
      String name, List<Integer> dims, int buffer, List<Integer> strides, int fanIn) {
    public ParameterInfo {
      dims = List.copyOf(dims);
      strides = List.copyOf(strides);
      if (dims.size() != strides.size()) {
        throw new IllegalArgumentException(name + ": one stride a dimension, please");
      }
    }

    /** Number of elements. */
    public int elements() {
      return product(dims);
    }
  }

  /** A buffer that belongs to a name. */
  public record NamedBuffer(String name, int buffer) {}

  /**
   * A named value. For dims [C, H, W] image {@code i} has rows {@code i * C .. i * C + C - 1} (a
   * WORKER buffer of a training holds one image: i = 0) and element (y, x) is at {@code y * pitch +
   * x}; for dims [N] it is row {@code i}, pitch N.
   */
  public record ValueInfo(String name, List<Integer> dims, int buffer, int pitch) {
    public ValueInfo {
      dims = List.copyOf(dims);
      if (dims.size() != 1 && dims.size() != 3) {
        throw new IllegalArgumentException(name + ": dims are [C, H, W] or [N], not " + dims);
      }
    }

    /** Number of elements of one image's value. */
    public int elements() {
      return product(dims);
    }

    /** Buffer rows of one image's value. */
    public int rowsPerImage() {
      return dims.size() == 3 ? dims.get(0) : 1;
    }

    /**
     * Copies one image's value out of the rows of its buffer, in channel-major order without
     * padding.
     */
    public void read(float[][] rows, int image, float[] target, int offset) {
      int height = dims.size() == 3 ? dims.get(1) : 1;
      int width = dims.get(dims.size() - 1);
      int place = offset;
      for (int channel = 0; channel < rowsPerImage(); channel++) {
        float[] row = rows[image * rowsPerImage() + channel];
        for (int y = 0; y < height; y++) {
          System.arraycopy(row, y * pitch, target, place, width);
          place += width;
        }
      }
    }

    /**
     * The other way: sets one image's value from {@code source}, which is as {@link #read} leaves
     * it.
     */
    public void write(float[] source, int offset, float[][] rows, int image) {
      int height = dims.size() == 3 ? dims.get(1) : 1;
      int width = dims.get(dims.size() - 1);
      int place = offset;
      for (int channel = 0; channel < rowsPerImage(); channel++) {
        float[] row = rows[image * rowsPerImage() + channel];
        for (int y = 0; y < height; y++) {
          System.arraycopy(source, place, row, y * pitch, width);
          place += width;
        }
      }
    }
  }

  /** An output of the network; {@code labels} may be empty. */
  public record OutputInfo(String name, String value, List<String> labels) {
    public OutputInfo {
      labels = List.copyOf(labels);
    }
  }

  /** The loss: buffers of one float an image, the target class and the loss. */
  public record LossInfo(String kind, String output, int targetsBuffer, int lossesBuffer) {}

  /** The buffer of numbers that change from step to step. */
  public record ScalarsInfo(int buffer, List<String> names) {
    public ScalarsInfo {
      names = List.copyOf(names);
    }
  }

  /**
   * The training section of the model.
   *
   * @param rules names the order of sums in gradients and updates, on which what is learnt depends;
   *     absent from programs of compilers that did not name it
   */
  public record TrainInfo(
      String optimizer,
      int batch,
      int epochs,
      long seed,
      Optional<String> rules,
      List<Setting> settings) {
    public TrainInfo {
      settings = List.copyOf(settings);
    }

    /** The setting of this name. */
    public Optional<Float> setting(String name) {
      return settings.stream()
          .filter(setting -> setting.name().equals(name))
          .map(Setting::value)
          .findFirst();
    }
  }

  /** A setting of the optimizer. */
  public record Setting(String name, float value) {}

  /**
   * A phase of the step.
   *
   * @param updates whether it changes parameters; before the first such one, a step changes nothing
   *     that lasts
   * @param small whether its tasks are so little work that one thread does them all
   */
  public record PhaseInfo(String name, int tasks, boolean updates, boolean small) {}

  /** The image the network takes as a value: where {@link #imagesBuffer()} holds its elements. */
  public ValueInfo images() {
    return new ValueInfo(
        input.name(),
        List.of(input.channels(), input.height(), input.width()),
        imagesBuffer,
        imagesPitch);
  }

  private static int product(List<Integer> dims) {
    int product = 1;
    // By position: predictions come here, and an iterator or a stream would be allocated.
    for (int i = 0; i < dims.size(); i++) {
      product = Math.multiplyExact(product, dims.get(i));
    }
    return product;
  }
}
