package org.cnnc.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.TensorFileOptions;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.cli.option.WeightsOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainingSteps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnnc step}: training steps on given batches. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Makes training steps on given tensors.",
    description =
        "Makes training steps on given batches, for comparing with another framework. "
            + "X holds images [steps, batch, C, H, W], taken as they are, and labels [steps, batch] of any "
            + "numeric type. Y gets losses [steps], the first step's gradients d_<parameter>, and the "
            + "parameters after the last step. The optimizer is the model's.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc step digits.net --weights start.safetensors \\",
      "      --input batches.safetensors --output after.safetensors"
    })
final class StepCommand implements Callable<Integer> {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";

  private final Console console;

  @Mixin private ModelParameter modelParameter;
  @Mixin private WeightsOption weights;
  @Mixin private TensorFileOptions files;
  @Mixin private BatchOption batch;
  @Mixin private ThreadsOption threads;
  @Mixin private TuningOption tuning;

  StepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    Model model = modelParameter.read(console);
    model.expectLoss();
    Safetensors input = files.read(model.file(), weights.file());
    Tensor images = files.tensor(input, IMAGES, 5, "[steps, batch, C, H, W]");
    Tensor labels = files.tensor(input, LABELS, 2, "[steps, batch]");
    Program program = compile(model, images.dims().get(1));
    ProgramInfo info = InMemoryPrograms.info(program);
    int classes = model.network().loss().orElseThrow().value().shape().elements();
    Batches batches = batches(info.input(), classes, images, labels);
    Parameters.load(program, info, weights.read());
    files.write(new Safetensors("", Map.of(), run(program, info, batches)), console);
    return ExitCode.DONE;
  }

  private Program compile(Model model, int images)
      throws IOException, ModelException, UserException {
    int compiled = batch.size().orElse(Math.min(images, TrainingSpec.MAXIMUM_BATCH));
    if (images > compiled) {
      throw files.wrongInput("batches of " + images + " images, expected at most " + compiled);
    }
    CompilerOptions options =
        tuning.in(CompilerOptions.DEFAULT.withBatch(compiled), model, console);
    return model
        .programs(options.withKeptGradients(KeptGradients.PARAMETERS), ProgramKind.TRAINING)
        .create(ProgramKind.TRAINING);
  }

  /** What to learn, checked. */
  private record Batches(int steps, int images, Tensor values, Tensor labels) {}

  private Batches batches(InputInfo input, int classes, Tensor images, Tensor labels)
      throws UserException {
    List<Integer> batches = images.dims().subList(0, 2);
    List<Integer> image = List.of(input.channels(), input.height(), input.width());
    if (!images.dims().subList(2, 5).equals(image)) {
      throw files.misshapen(IMAGES, "[steps, batch] and then " + image, images.dims());
    }
    if (!labels.dims().equals(batches)) {
      throw files.misshapen(LABELS, batches.toString(), labels.dims());
    }
    for (int i = 0; i < labels.values().length; i++) {
      float label = labels.values()[i];
      if (label != (int) label || label < 0 || label >= classes) {
        throw files.wrongInput(
            "tensor \"labels\", element "
                + i
                + ": expected a class from 0 to "
                + (classes - 1)
                + ", found "
                + label);
      }
    }
    return new Batches(batches.get(0), batches.get(1), images, labels);
  }

  private Map<String, Tensor> run(Program program, ProgramInfo info, Batches batches) {
    StoredTensors stored = new StoredTensors(program, info);
    Map<String, Tensor> results = new LinkedHashMap<>();
    float[] losses = new float[batches.steps()];
    results.put("losses", Tensor.of(List.of(losses.length), losses));
    float rate = info.train().flatMap(section -> section.setting("rate")).orElseThrow();
    try (TrainingSteps steps = new TrainingSteps(program, info, rate, threads.count())) {
      for (int step = 0; step < losses.length; step++) {
        fill(steps, batches, step);
        losses[step] = steps.run(batches.images());
        if (step == 0) {
          stored.gradients().forEach((name, tensor) -> results.put("d_" + name, tensor));
        }
      }
    }
    results.putAll(stored.parameters());
    return results;
  }

  private static void fill(TrainingSteps steps, Batches batches, int step) {
    int elements = steps.info().input().elements();
    for (int i = 0; i < batches.images(); i++) {
      int number = step * batches.images() + i;
      steps.image(i).floats(batches.values().values(), number * elements);
      steps.setTarget(i, (int) batches.labels().values()[number]);
    }
  }
}
