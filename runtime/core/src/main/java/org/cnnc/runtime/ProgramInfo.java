package org.cnnc.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What a generated program says about itself, read from its {@link Program#description()}.
 *
 * <p>The text has one fact a line, words parted by single spaces, texts in double quotes with
 * {@code \"} and {@code \\} escaped, floats as {@link Float#toString}:
 *
 * <pre>
 * cnnc "0.1.0"                                     version of the compiler; always the first line
 * model "HousePersonTree" hash "9f2c..." kind prediction|training
 * input "image" 3 32 32 scale 0.003921569 mean 0.0 0.0 0.0 std 1.0 1.0 1.0
 * images "image" buffer 4                          the buffer that takes the input: one row a channel (of every image)
 * buffer model|shared|worker "conv1Weight" 16 27   scope, name, rows, length; in order
 * parameter "conv1.weight" dims 16 3 3 3 buffer 0 strides 27 1 9 3 fan_in 27
 * state "momentum.conv1.weight" buffer 7           same dims and strides as the parameter after the first dot
 * gradient "conv1.weight" buffer 8                 same dims and strides as the parameter
 * value "conv1" dims 16 32 32 buffer 9 pitch 33    an image's value; see {@link ValueInfo}
 * output "label" value "label" labels "house" "person" "tree"
 * loss "cross_entropy" of "label" targets 10 losses 11
 * scalars 12 rate momentum_correction ...          buffer of the step's scalars, and their names in order
 * train optimizer "sgd" batch 32 epochs 10 seed 1 settings rate 0.05 momentum 0.9
 * phase "prepare" 4                                name and number of tasks; in order
 * </pre>
 */
public record ProgramInfo(
    String compilerVersion,
    String model,
    String hash,
    Kind kind,
    InputInfo input,
    int imagesBuffer,
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

  /** What the program does. */
  public enum Kind {
    /** Phases "prepare" (once after the parameters are set), then "forward" for one image. */
    PREDICTION,
    /** All phases make one training step. */
    TRAINING
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
      List<Float> std) {}

  /** A buffer; position in the list is its number. */
  public record BufferInfo(String scope, String name, int rows, int length) {}

  /**
   * A parameter in PyTorch's name and shape, and where it is stored: element (i, j, ...) is at
   * {@code s = i * strides[0] + j * strides[1] + ...}, row {@code s / length}, place {@code s %
   * length} of the buffer.
   */
  public record ParameterInfo(
      String name, List<Integer> dims, int buffer, List<Integer> strides, int fanIn) {}

  /** A buffer that belongs to a name. */
  public record NamedBuffer(String name, int buffer) {}

  /**
   * A named value. For dims [C, H, W] image {@code i} has rows {@code i * C .. i * C + C - 1} (a
   * WORKER buffer holds one image: i = 0) and element (y, x) is at {@code y * pitch + x}; for dims
   * [N] it is row {@code i}, pitch N.
   */
  public record ValueInfo(String name, List<Integer> dims, int buffer, int pitch) {}

  /** An output of the network; {@code labels} may be empty. */
  public record OutputInfo(String name, String value, List<String> labels) {}

  /** The loss: buffers of one float an image, the target class and the loss. */
  public record LossInfo(String kind, String output, int targetsBuffer, int lossesBuffer) {}

  /** The buffer of numbers that change from step to step. */
  public record ScalarsInfo(int buffer, List<String> names) {}

  /** The training section of the model. */
  public record TrainInfo(
      String optimizer, int batch, int epochs, long seed, List<Setting> settings) {}

  /** A setting of the optimizer. */
  public record Setting(String name, float value) {}

  /** A phase of the step. */
  public record PhaseInfo(String name, int tasks) {}
}
