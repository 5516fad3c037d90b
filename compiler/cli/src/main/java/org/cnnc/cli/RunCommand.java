package org.cnnc.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.ParallelImages;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.TensorFileOptions;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.cli.option.WeightsOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnnc run}: tensors in, named values of the network out. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Runs a network on tensors.",
    description =
        "Runs the prediction of a network on tensors, for comparing with another framework. "
            + "X holds images [n, C, H, W]; the numbers are taken as they are, without the model's "
            + "preprocessing. Y gets the values asked for, each with n in front of its shape.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc run digits.net --weights digits.safetensors \\",
      "      --input images.safetensors --output values.safetensors --values conv1,scores"
    })
final class RunCommand implements Callable<Integer> {
  private static final String IMAGES = "images";

  /** Files are made in one array; some room is left for the header. */
  private static final long MOST_BYTES = 2_000_000_000;

  private final Console console;

  @Mixin private ModelParameter modelParameter;
  @Mixin private WeightsOption weights;
  @Mixin private TensorFileOptions files;
  @Mixin private ThreadsOption threads;
  @Mixin private TuningOption tuning;

  @Option(
      names = "--values",
      split = ",",
      paramLabel = "NAME",
      description =
          "Values to write: names of the text, or of layers (default: outputs and logits).")
  private List<String> values = List.of();

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    Model model = modelParameter.read(console);
    Map<String, String> wanted = wanted(model);
    List<String> kept = List.copyOf(new LinkedHashSet<>(wanted.values()));
    CompilerOptions options =
        tuning.in(CompilerOptions.DEFAULT.withKeptValues(kept), model, console);
    Program plain = model.programs(options, ProgramKind.PREDICTION).create(ProgramKind.PREDICTION);
    Safetensors parameters = weights.read();
    Safetensors input = files.read(model.file(), weights.file());
    Tensor images = images(input, InMemoryPrograms.info(plain).input());
    PredictionSession session = model.session(plain, options, parameters, images.dims().get(0));
    checkSize(session, images.dims().get(0), wanted);
    files.write(new Safetensors("", Map.of(), run(session, images, wanted)), console);
    return ExitCode.DONE;
  }

  /** The names asked for, with the names that the values have themselves. */
  private Map<String, String> wanted(Model model) throws UserException {
    NetworkGraph network = model.network();
    Set<String> names = new LinkedHashSet<>(values);
    if (names.isEmpty()) {
      network.outputs().forEach(output -> names.add(output.name()));
      network.loss().ifPresent(loss -> names.add(loss.value().name()));
    }
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : names) {
      wanted.put(name, model.value(name).name());
    }
    return wanted;
  }

  private Tensor images(Safetensors content, InputInfo input) throws UserException {
    String shape = "[n, " + input.channels() + ", " + input.height() + ", " + input.width() + "]";
    Tensor images = files.tensor(content, IMAGES, 4, shape);
    List<Integer> image = List.of(input.channels(), input.height(), input.width());
    if (!images.dims().subList(1, 4).equals(image)) {
      throw files.misshapen(IMAGES, shape, images.dims());
    }
    return images;
  }

  private void checkSize(PredictionSession session, int images, Map<String, String> wanted)
      throws UserException {
    long bytes = 0;
    for (String value : wanted.values()) {
      bytes += 4L * images * session.info().value(value).orElseThrow().elements();
    }
    if (bytes > MOST_BYTES) {
      throw files.wrongInput(
          images + " images give values of " + bytes + " bytes, expected at most " + MOST_BYTES);
    }
  }

  private Map<String, Tensor> run(
      PredictionSession session, Tensor images, Map<String, String> wanted) {
    int count = images.dims().get(0);
    int elements = session.info().input().elements();
    Map<String, float[]> results = new LinkedHashMap<>();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    wanted.forEach(
        (name, value) -> {
          List<Integer> dims = session.info().value(value).orElseThrow().dims();
          List<Integer> shape = new ArrayList<>(List.of(count));
          shape.addAll(dims);
          shapes.put(name, shape);
          results.put(name, new float[shape.stream().reduce(1, Math::multiplyExact)]);
        });
    List<String> names = List.copyOf(new LinkedHashSet<>(wanted.values()));
    try (ParallelImages parallel = new ParallelImages(threads.count())) {
      parallel.forEach(
          count,
          image -> {
            int start = image * elements;
            float[] one = Arrays.copyOfRange(images.values(), start, start + elements);
            Map<String, float[]> answer = session.predict(one, names);
            results.forEach(
                (name, all) -> {
                  float[] part = answer.get(wanted.get(name));
                  System.arraycopy(part, 0, all, image * part.length, part.length);
                });
          });
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    results.forEach((name, all) -> tensors.put(name, Tensor.of(shapes.get(name), all)));
    return tensors;
  }
}
