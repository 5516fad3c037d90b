package org.cnnc.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/** Looks into a network after a step that went wrong. */
final class Inspection {
  private final Supplier<Program> maker;
  private final Dataset data;

  /**
   * For images of some data.
   *
   * @param maker makes a prediction program that keeps its values, in the network's order
   */
  Inspection(Supplier<Program> maker, Dataset data) {
    this.maker = maker;
    this.data = data;
  }

  /**
   * Where a loss began that is not finite.
   *
   * @param steps whose parameters are taken
   * @param image number of the image that has the loss
   * @return the name of what is not finite first, the image, a parameter or a value; or the loss
   */
  String beginning(TrainingSteps steps, int image) {
    return firstNotFinite(steps, image)
        .map(Inspection::quoted)
        .orElseGet(
            () ->
                "the loss: the values of "
                    + quoted(scores(steps.info()))
                    + " are finite, but too far apart");
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  /** The value that the loss is computed from; in a training program it stands for the output. */
  private static String scores(ProgramInfo training) {
    String output = training.loss().orElseThrow().output();
    return training.outputs().stream()
        .filter(each -> each.name().equals(output))
        .findFirst()
        .map(OutputInfo::value)
        .orElse(output);
  }

  private Optional<String> firstNotFinite(TrainingSteps steps, int image) {
    Program program = maker.get();
    ProgramInfo info = ProgramInfo.parse(program.description());
    float[] input = read(image, info);
    if (!isFinite(input)) {
      return Optional.of(info.input().name());
    }
    Map<String, Tensor> parameters = steps.parameters();
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      Tensor tensor = parameters.get(parameter.name());
      if (tensor.firstNotFinite().isPresent()) {
        return Optional.of(parameter.name());
      }
      stored.setParameter(parameter, tensor.values());
    }
    PredictionSession session = new PredictionSession(program, info);
    session.refresh();
    List<String> names = info.values().stream().map(ValueInfo::name).toList();
    Map<String, float[]> values = session.predict(input, names);
    return names.stream().filter(name -> !isFinite(values.get(name))).findFirst();
  }

  private float[] read(int image, ProgramInfo info) {
    ValueInfo place = info.images();
    int rows = info.input().channels();
    float[][] planes = new float[rows][info.input().height() * place.pitch()];
    data.read(
        image,
        new ImageSink() {
          @Override
          public void pixels(byte[] pixels, int offset) {
            new PixelPreprocessing(info.input()).write(pixels, offset, place, planes, 0);
          }

          @Override
          public void floats(float[] values, int offset) {
            place.write(values, offset, planes, 0);
          }
        });
    float[] input = new float[info.input().elements()];
    place.read(planes, 0, input, 0);
    return input;
  }

  private static boolean isFinite(float[] values) {
    return Tensor.of(List.of(values.length), values).firstNotFinite().isEmpty();
  }
}
