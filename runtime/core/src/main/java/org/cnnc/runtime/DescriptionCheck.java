package org.cnnc.runtime;

import java.util.List;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.BufferInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.ScalarsInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/** What must hold between the facts of a description, so that nobody has to look again. */
final class DescriptionCheck {
  private final ProgramInfo info;

  DescriptionCheck(ProgramInfo info) {
    this.info = info;
  }

  void run() {
    buffer("images", info.imagesBuffer());
    info.parameters().forEach(this::checkParameter);
    checkStates("state", info.states());
    info.gradients().forEach(this::checkGradient);
    info.values().forEach(this::checkValue);
    checkValue(info.images());
    info.outputs().forEach(this::checkOutput);
    info.scalars().ifPresent(this::checkScalars);
    info.loss()
        .ifPresent(
            loss -> {
              checkColumn("targets", loss.targetsBuffer());
              checkColumn("losses", loss.lossesBuffer());
            });
    require(!info.phases().isEmpty(), "no line \"phase\"");
  }

  private BufferInfo buffer(String user, int number) {
    require(
        number < info.buffers().size(), user + " wants buffer " + number + ", which is not there");
    return info.buffers().get(number);
  }

  private void checkParameter(ParameterInfo parameter) {
    checkStorage(parameter.name(), parameter, parameter.buffer());
  }

  private void checkStates(String fact, List<NamedBuffer> states) {
    for (NamedBuffer state : states) {
      checkStorage(fact + " " + state.name(), info.parameterOf(state), state.buffer());
    }
  }

  private void checkGradient(NamedBuffer gradient) {
    ParameterInfo parameter =
        info.parameter(gradient.name())
            .orElseThrow(() -> failure("gradient of no parameter: " + gradient.name()));
    checkStorage("gradient " + gradient.name(), parameter, gradient.buffer());
  }

  /** The last element of a parameter must be inside its buffer, which one worker must not own. */
  private void checkStorage(String user, ParameterInfo parameter, int number) {
    BufferInfo buffer = buffer(user, number);
    long last = 0;
    for (int i = 0; i < parameter.dims().size(); i++) {
      last += (parameter.dims().get(i) - 1L) * parameter.strides().get(i);
    }
    require(last < (long) buffer.rows() * buffer.length(), user + " is larger than its buffer");
    require(buffer.scope() != Scope.WORKER, user + " is in a buffer of scope worker");
  }

  private void checkValue(ValueInfo value) {
    BufferInfo buffer = buffer(value.name(), value.buffer());
    int height = value.dims().size() == 3 ? value.dims().get(1) : 1;
    int width = value.dims().get(value.dims().size() - 1);
    long last = (height - 1L) * value.pitch() + width;
    require(
        width <= value.pitch() && last <= buffer.length(),
        "value " + value.name() + " is longer than the rows of its buffer");
    long images = buffer.scope() == Scope.WORKER ? 1 : info.batch();
    require(
        images * value.rowsPerImage() <= buffer.rows(),
        "value " + value.name() + " has more rows than its buffer");
  }

  /** A training program need not keep the values of its outputs. */
  private void checkOutput(OutputInfo output) {
    Optional<ValueInfo> value = info.value(output.value());
    require(
        value.isPresent() || info.kind() == Kind.TRAINING,
        "output " + output.name() + " of no value");
    require(
        value.isEmpty()
            || output.labels().isEmpty()
            || output.labels().size() == value.get().elements(),
        "output " + output.name() + ": one label an element, please");
  }

  private void checkScalars(ScalarsInfo scalars) {
    BufferInfo buffer = buffer("scalars", scalars.buffer());
    require(scalars.names().size() <= buffer.length(), "more scalars than their buffer holds");
  }

  /** One float an image: in one row, or in rows of one. */
  private void checkColumn(String user, int number) {
    BufferInfo buffer = buffer(user, number);
    require(
        buffer.scope() != Scope.WORKER && (long) buffer.rows() * buffer.length() >= info.batch(),
        user + " needs one float an image, for all workers");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw failure(message);
    }
  }

  private static IllegalArgumentException failure(String message) {
    return new IllegalArgumentException("description: " + message);
  }
}
