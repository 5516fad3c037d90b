package org.cnnc.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;

/**
 * The parameters, optimizer states and gradients of a program as tensors in PyTorch's shapes:
 * copies between them and the program's storage, which has an order of its own.
 */
public final class StoredTensors {
  private final Program program;
  private final ProgramInfo info;

  /** A view of {@code program}, which {@code info} describes. */
  public StoredTensors(Program program, ProgramInfo info) {
    this.program = program;
    this.info = info;
  }

  /** All parameters by name: {@code conv1.weight}. */
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterInfo parameter : info.parameters()) {
      tensors.put(parameter.name(), get(parameter, parameter.buffer()));
    }
    return tensors;
  }

  /** All states of the optimizer by name: {@code momentum.conv1.weight}. */
  public Map<String, Tensor> states() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NamedBuffer state : info.states()) {
      tensors.put(state.name(), get(info.parameterOf(state), state.buffer()));
    }
    return tensors;
  }

  /**
   * Those gradients of the last step that the program keeps, by the parameter's name: {@code
   * conv1.weight}. Most training programs keep none: their optimizer takes them where they are
   * made.
   */
  public Map<String, Tensor> gradients() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NamedBuffer gradient : info.gradients()) {
      ParameterInfo parameter = info.parameter(gradient.name()).orElseThrow();
      tensors.put(gradient.name(), get(parameter, gradient.buffer()));
    }
    return tensors;
  }

  /**
   * Sets a parameter.
   *
   * @param values its elements, the last dimension running fastest
   * @throws IllegalArgumentException if their number is wrong
   */
  public void setParameter(ParameterInfo parameter, float[] values) {
    set(parameter, parameter.buffer(), values);
  }

  /** Sets a state of the optimizer; see {@link #setParameter}. */
  public void setState(NamedBuffer state, float[] values) {
    set(info.parameterOf(state), state.buffer(), values);
  }

  /** Zeroes all states, as before the first step. */
  public void clearStates() {
    for (NamedBuffer state : info.states()) {
      set(info.parameterOf(state), state.buffer(), new float[info.parameterOf(state).elements()]);
    }
  }

  private Tensor get(ParameterInfo parameter, int buffer) {
    float[][] rows = program.rows(buffer);
    float[] values = new float[parameter.elements()];
    copy(parameter, rows, values, false);
    return Tensor.of(parameter.dims(), values);
  }

  private void set(ParameterInfo parameter, int buffer, float[] values) {
    if (values.length != parameter.elements()) {
      throw new IllegalArgumentException(
          parameter.name()
              + ": expected "
              + parameter.elements()
              + " values, got "
              + values.length);
    }
    float[][] rows = program.rows(buffer);
    copy(parameter, rows, values, true);
  }

  /**
   * Goes through a parameter's elements in PyTorch's order, a run of the last dimension at a time.
   */
  private static void copy(
      ParameterInfo parameter, float[][] rows, float[] values, boolean intoRows) {
    int last = parameter.dims().size() - 1;
    int run = last < 0 ? 1 : parameter.dims().get(last);
    int stride = last < 0 ? 0 : parameter.strides().get(last);
    Places places = new Places(parameter);
    for (int from = 0; from < values.length; from += run) {
      copyRun(rows, places.place, stride, values, from, run, intoRows);
      places.advance();
    }
  }

  private static void copyRun(
      float[][] rows, int place, int stride, float[] values, int from, int run, boolean intoRows) {
    int rowLength = rows[0].length;
    for (int i = 0; i < run; i++) {
      int at = place + i * stride;
      if (intoRows) {
        rows[at / rowLength][at % rowLength] = values[from + i];
      } else {
        values[from + i] = rows[at / rowLength][at % rowLength];
      }
    }
  }

  /** Where the runs of a parameter's last dimension begin, in PyTorch's order. */
  private static final class Places {
    private final List<Integer> dims;
    private final List<Integer> strides;
    private final int[] index;
    private int place;

    Places(ParameterInfo parameter) {
      this.dims = parameter.dims();
      this.strides = parameter.strides();
      this.index = new int[dims.size()];
    }

    void advance() {
      for (int axis = index.length - 2; axis >= 0; axis--) {
        index[axis]++;
        place += strides.get(axis);
        if (index[axis] < dims.get(axis)) {
          return;
        }
        place -= index[axis] * strides.get(axis);
        index[axis] = 0;
      }
    }
  }
}
