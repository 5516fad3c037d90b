package org.cnnc.runtime;

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
    buffer("", "images", info.imagesBuffer());
    for (ParameterInfo parameter : info.parameters()) {
      checkStorage("", parameter.name(), parameter, parameter.buffer());
    }
    for (NamedBuffer state : info.states()) {
      checkStorage("state ", state.name(), info.parameterOf(state), state.buffer());
    }
    for (NamedBuffer gradient : info.gradients()) {
      checkGradient(gradient);
    }
    for (ValueInfo value : info.values()) {
      checkValue(value);
    }
    checkValue(info.images());
    for (OutputInfo output : info.outputs()) {
      checkOutput(output);
    }
    if (info.scalars().isPresent()) {
      checkScalars(info.scalars().get());
    }
    if (info.loss().isPresent()) {
      checkColumn("targets", info.loss().get().targetsBuffer());
      checkColumn("losses", info.loss().get().lossesBuffer());
    }
    require(!info.phases().isEmpty(), "", "", "no line \"phase\"");
  }

  private BufferInfo buffer(String fact, String user, int number) {
    if (number >= info.buffers().size()) {
      throw failure(fact + user + " wants buffer " + number + ", which is not there");
    }
    return info.buffers().get(number);
  }

  private void checkGradient(NamedBuffer gradient) {
    Optional<ParameterInfo> parameter = info.parameter(gradient.name());
    require(parameter.isPresent(), "gradient of no parameter: ", gradient.name(), "");
    checkStorage("gradient ", gradient.name(), parameter.get(), gradient.buffer());
  }

  /** The last element of a parameter must be inside its buffer, which one worker must not own. */
  private void checkStorage(String fact, String user, ParameterInfo parameter, int number) {
    BufferInfo buffer = buffer(fact, user, number);
    long last = 0;
    for (int i = 0; i < parameter.dims().size(); i++) {
      last += (parameter.dims().get(i) - 1L) * parameter.strides().get(i);
    }
    boolean fits = last < (long) buffer.rows() * buffer.length();
    require(fits, fact, user, " is larger than its buffer");
    require(buffer.scope() != Scope.WORKER, fact, user, " is in a buffer of scope worker");
  }

  private void checkValue(ValueInfo value) {
    BufferInfo buffer = buffer("", value.name(), value.buffer());
    int height = value.dims().size() == 3 ? value.dims().get(1) : 1;
    int width = value.dims().get(value.dims().size() - 1);
    long last = (height - 1L) * value.pitch() + width;
    require(
        width <= value.pitch() && last <= buffer.length(),
        "value ",
        value.name(),
        " is longer than the rows of its buffer");
    boolean oneImage = buffer.scope() == Scope.WORKER && info.kind() == Kind.TRAINING;
    long images = oneImage ? 1 : info.batch();
    require(
        images * value.rowsPerImage() <= buffer.rows(),
        "value ",
        value.name(),
        " has more rows than its buffer");
  }

  /** A training program need not keep the values of its outputs. */
  private void checkOutput(OutputInfo output) {
    Optional<ValueInfo> value = info.value(output.value());
    require(
        value.isPresent() || info.kind() == Kind.TRAINING,
        "output ",
        output.name(),
        " of no value");
    require(
        value.isEmpty()
            || output.labels().isEmpty()
            || output.labels().size() == value.get().elements(),
        "output ",
        output.name(),
        ": one label an element, please");
  }

  private void checkScalars(ScalarsInfo scalars) {
    BufferInfo buffer = buffer("", "scalars", scalars.buffer());
    boolean fit = scalars.names().size() <= buffer.length();
    require(fit, "", "", "more scalars than their buffer holds");
  }

  /** One float an image: in one row, or in rows of one. */
  private void checkColumn(String user, int number) {
    BufferInfo buffer = buffer("", user, number);
    require(
        buffer.scope() != Scope.WORKER && (long) buffer.rows() * buffer.length() >= info.batch(),
        "",
        user,
        " needs one float an image, for all workers");
  }

  /** The message is put together only where it is needed: this runs before every first answer. */
  private static void require(boolean holds, String fact, String user, String problem) {
    if (!holds) {
      throw failure(fact + user + problem);
    }
  }

  private static IllegalArgumentException failure(String message) {
    return new IllegalArgumentException("description: " + message);
  }
}
