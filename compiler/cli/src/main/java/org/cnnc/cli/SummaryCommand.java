package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.TextTable;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.cost.ArenaDrawing;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.memory.ArenaTimeline;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnnc summary}: what a network is made of, and what it costs. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Shows layers, shapes, parameters, work and memory.",
    description =
        "Shows a network as a table: for each layer the shape it gives, its parameters, "
            + "and how many multiplications with addition it takes for one image. "
            + "Layers that learn are numbered (theta 1, 2, ...); the others have theta 0. "
            + "Below it, the memory to train and to predict.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc summary digits.net --batch 64")
final class SummaryCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelParameter model;
  @Mixin private BatchOption batch;
  @Mixin private JsonOption json;

  @Option(
      names = "--memory",
      paramLabel = "FILE.svg",
      description =
          "Draw who lives where in the memory of a training step, operation by operation; for a"
              + " network without loss, of a prediction.")
  private Optional<Path> memory = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      defaultValue = "plain",
      description = "Form of the code whose memory is counted (default: ${DEFAULT-VALUE}).")
  private Target target;

  SummaryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    if (memory.isPresent()) {
      new OwnFile(memory.get()).prepare();
    }
    Model read = model.read(console);
    NetworkSummary summary = NetworkSummary.of(read.network());
    boolean trains = read.network().loss().isPresent();
    CompilerOptions options = batch.in(CompilerOptions.DEFAULT).withTargets(target);
    CompilationResult compiled =
        read.compile(trains ? options : options.withPrograms(ProgramKind.PREDICTION));
    if (memory.isPresent()) {
      draw(compiled.program(trains ? ProgramKind.TRAINING : ProgramKind.PREDICTION));
    }
    int trainingBatch = batch.size().orElse(read.network().training().batch());
    if (json.isWanted()) {
      console.line(asJson(read, summary, compiled, trainingBatch, trains));
      return ExitCode.DONE;
    }
    console.line(read.network().name() + ", input " + shape(summary.input()));
    console.line("");
    console.print(table(summary));
    console.line("");
    if (trains) {
      console.line(
          "memory to train, batch "
              + trainingBatch
              + ": "
              + memory(compiled.program(ProgramKind.TRAINING)));
    }
    console.line("memory to predict: " + memory(compiled.program(ProgramKind.PREDICTION)));
    return ExitCode.DONE;
  }

  private void draw(CompiledProgram program) throws IOException, UserException {
    String title =
        program.step().graph().network().name()
            + (program.kind() == ProgramKind.TRAINING
                ? ", a training step of " + program.step().graph().batch() + " images"
                : ", a prediction");
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
    Path file = memory.orElseThrow();
    String drawing = ArenaDrawing.svg(title, timeline);
    new OwnFile(file).write(drawing.getBytes(StandardCharsets.UTF_8));
    console.message("memory: " + file);
  }

  private static String table(NetworkSummary summary) {
    TextTable table = new TextTable("lllrrr");
    table.row("layer", "kind", "output", "theta", "parameters", "multiply-adds");
    for (NetworkSummary.Row row : summary.rows()) {
      table.row(
          row.layer(),
          row.kind(),
          shape(row.output()),
          Integer.toString(row.theta()),
          Quantities.count(row.parameters()),
          Quantities.count(row.multiplyAdds()));
    }
    table.row(
        "total",
        "",
        "",
        "",
        Quantities.count(summary.parameters()),
        Quantities.count(summary.multiplyAdds()));
    return table.toString();
  }

  private static String shape(TensorShape shape) {
    return shape.toString();
  }

  private static String memory(CompiledProgram program) {
    MemoryPlan plan = program.memory();
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), plan);
    return Quantities.count(shared(plan))
        + " bytes ("
        + Quantities.bytes(shared(plan))
        + ") and "
        + Quantities.count(plan.bytes(Scope.WORKER))
        + " bytes ("
        + Quantities.bytes(plan.bytes(Scope.WORKER))
        + ") for each thread\n"
        + "  of that, with one thread, "
        + Quantities.count(timeline.bytes())
        + " bytes beside the parameters; at its fullest, "
        + Quantities.count(timeline.lowerBound())
        + " bytes are needed at once ("
        + String.format(Locale.ROOT, "%.2f", (double) timeline.bytes() / timeline.lowerBound())
        + " times as many are there)";
  }

  private static long shared(MemoryPlan plan) {
    return plan.bytes(Scope.MODEL) + plan.bytes(Scope.SHARED);
  }

  private static long lowerBound(CompiledProgram program) {
    return ArenaTimeline.of(program.step(), program.memory()).lowerBound();
  }

  private static String asJson(
      Model model, NetworkSummary summary, CompilationResult compiled, int batch, boolean trains) {
    List<JsonObject> layers = summary.rows().stream().map(SummaryCommand::asJson).toList();
    JsonObject object =
        new JsonObject()
            .with("network", model.network().name())
            .withNumbers("input", summary.input().dims())
            .with("hash", compiled.hash())
            .withObjects("layers", layers)
            .with("parameters", summary.parameters())
            .with("multiply_adds", summary.multiplyAdds());
    if (trains) {
      MemoryPlan training = compiled.program(ProgramKind.TRAINING).memory();
      object
          .with("batch", batch)
          .with("training_lower_bound", lowerBound(compiled.program(ProgramKind.TRAINING)))
          .with("training_bytes_shared", shared(training))
          .with("training_bytes_per_thread", training.bytes(Scope.WORKER));
    }
    MemoryPlan prediction = compiled.program(ProgramKind.PREDICTION).memory();
    return object
        .with("prediction_bytes_shared", shared(prediction))
        .with("prediction_bytes_per_thread", prediction.bytes(Scope.WORKER))
        .with("prediction_lower_bound", lowerBound(compiled.program(ProgramKind.PREDICTION)))
        .toString();
  }

  private static JsonObject asJson(NetworkSummary.Row row) {
    return new JsonObject()
        .with("layer", row.layer())
        .with("kind", row.kind())
        .withNumbers("output", row.output().dims())
        .with("theta", row.theta())
        .with("parameters", row.parameters())
        .with("multiply_adds", row.multiplyAdds());
  }
}
