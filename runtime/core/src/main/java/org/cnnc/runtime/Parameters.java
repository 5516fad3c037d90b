package org.cnnc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;

/** Where the parameters of a program come from: a weights file, or random numbers. */
public final class Parameters {
  /** Metadata key of a weights file: the hash of the model it was trained for. */
  public static final String HASH_KEY = "cnnc.hash";

  private Parameters() {}

  /**
   * What {@link #loadMatching} took.
   *
   * @param taken names of parameters that were set
   * @param left what was not, each with the reason
   */
  public record Report(List<String> taken, List<String> left) {
    public Report {
      taken = List.copyOf(taken);
      left = List.copyOf(left);
    }
  }

  /**
   * Sets all parameters of a program from a file made for this model: by cnnc, or by PyTorch as a
   * state dict. A file with a model hash may hold more tensors (a checkpoint does); one without may
   * not. Nothing is set unless all fits.
   *
   * @throws WeightsException if the hash is another model's, a parameter is missing or has another
   *     shape, or a tensor without a parameter is there
   */
  public static void load(Program program, ProgramInfo info, Safetensors weights)
      throws WeightsException {
    Optional<String> hash = Optional.ofNullable(weights.metadata().get(HASH_KEY));
    if (hash.isPresent() && !hash.get().equals(info.hash())) {
      throw new WeightsException(
          weights.source()
              + ": expected weights of the model with hash "
              + info.hash()
              + " ("
              + info.model()
              + "), found hash "
              + hash.get());
    }
    for (ParameterInfo parameter : info.parameters()) {
      Optional<String> misfit = misfit(parameter, weights);
      if (misfit.isPresent()) {
        throw new WeightsException(weights.source() + ": " + misfit.get());
      }
    }
    if (hash.isEmpty()) {
      checkNothingElse(info, weights);
    }
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      stored.setParameter(parameter, weights.tensors().get(parameter.name()).values());
    }
  }

  /**
   * Checks that the parameters are numbers that can be computed with.
   *
   * @throws WeightsException if one is infinite or not a number; the message has its place
   */
  static void checkFinite(ProgramInfo info, Safetensors weights) throws WeightsException {
    for (ParameterInfo parameter : info.parameters()) {
      checkFinite(weights, parameter.name());
    }
  }

  /**
   * The same for one tensor of a file.
   *
   * @param name the tensor's
   */
  public static void checkFinite(Safetensors weights, String name) throws WeightsException {
    Tensor tensor = weights.tensors().get(name);
    OptionalInt place = tensor.firstNotFinite();
    if (place.isPresent()) {
      throw new WeightsException(
          weights.source()
              + ": tensor \""
              + name
              + "\", element "
              + place.getAsInt()
              + ": expected a finite number, found "
              + tensor.values()[place.getAsInt()]);
    }
  }

  /** Sets the parameters whose name and shape are in the file, whatever model it was made for. */
  public static Report loadMatching(Program program, ProgramInfo info, Safetensors weights) {
    StoredTensors stored = new StoredTensors(program, info);
    List<String> taken = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (ParameterInfo parameter : info.parameters()) {
      Optional<String> misfit = misfit(parameter, weights);
      misfit.ifPresent(left::add);
      if (misfit.isEmpty()) {
        stored.setParameter(parameter, weights.tensors().get(parameter.name()).values());
        taken.add(parameter.name());
      }
    }
    return new Report(taken, left);
  }

  /**
   * Gives every parameter its first values, as PyTorch does: uniform from {@code -1/sqrt(fanIn)} to
   * {@code 1/sqrt(fanIn)}. Each draws from {@code RandomSource.of(seed, name)}, element by element
   * in PyTorch's order.
   */
  public static void initialise(Program program, ProgramInfo info, long seed) {
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      RandomSource random = RandomSource.of(seed, parameter.name());
      // The square root is correctly rounded everywhere, as the division is.
      float bound = (float) (1 / Math.sqrt(parameter.fanIn()));
      float[] values = new float[parameter.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.uniform(-bound, bound);
      }
      stored.setParameter(parameter, values);
    }
  }

  private static Optional<String> misfit(ParameterInfo parameter, Safetensors weights) {
    Tensor tensor = weights.tensors().get(parameter.name());
    if (tensor == null) {
      return Optional.of("expected a tensor \"" + parameter.name() + "\", there is none");
    }
    if (tensor.type() != Tensor.ElementType.F32) {
      return Optional.of(
          "tensor \"" + parameter.name() + "\": expected F32, found " + tensor.type());
    }
    if (!tensor.dims().equals(parameter.dims())) {
      return Optional.of(
          "tensor \""
              + parameter.name()
              + "\": expected shape "
              + parameter.dims()
              + ", found "
              + tensor.dims());
    }
    return Optional.empty();
  }

  private static void checkNothingElse(ProgramInfo info, Safetensors weights)
      throws WeightsException {
    for (Map.Entry<String, Tensor> tensor : weights.tensors().entrySet()) {
      if (info.parameter(tensor.getKey()).isEmpty()) {
        throw new WeightsException(
            weights.source()
                + ": the network has no parameter for tensor \""
                + tensor.getKey()
                + "\" of shape "
                + tensor.getValue().dims());
      }
    }
  }
}
