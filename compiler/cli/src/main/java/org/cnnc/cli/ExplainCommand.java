package org.cnnc.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.explain.OperationReport;
import org.cnnc.cli.explain.ReportText;
import org.cnnc.cli.measure.Measurement;
import org.cnnc.cli.measure.ThisJava;
import org.cnnc.cli.measure.ThisMachine;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.AlgorithmOption;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.schedule.Machine;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Operation;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.VectorSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnnc explain}: how layers are computed, why so, and how fast. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Explains how layers are computed, and how fast.",
    description =
        "Explains the code of each layer: its algorithm, how sums are cut into tiles, the layout of"
            + " the result, and why; what speed is expected and what is measured on this machine,"
            + " one thread, as GFLOP/s and as a share of what one core can do. Without --layer it"
            + " shows a table of all operations.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc explain digits.net --layer conv2")
final class ExplainCommand implements Callable<Integer> {
  /** Most seconds until an operation is compiled. */
  private static final double WARM_UP = 5;

  private final Console console;

  @Mixin private ModelParameter modelParameter;
  @Mixin private BatchOption batch;
  @Mixin private JsonOption json;
  @Mixin private AlgorithmOption algorithm;
  @Mixin private TuningOption tuning;

  @Option(names = "--layer", paramLabel = "NAME", description = "Explain this layer in full.")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = "--program",
      paramLabel = "prediction|training",
      description = "Which program to explain (default: training, if the model has a loss).")
  private Optional<ProgramKind> program = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      description = "Form of the code (default: vector, where this Java has the Vector API).")
  private Optional<Target> target = Optional.empty();

  @Option(names = "--no-measure", description = "Leave out what is measured on this machine.")
  private boolean withoutMeasuring;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "How long to measure, once the code is warm (default: ${DEFAULT-VALUE}).")
  private double seconds;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    if (target.isPresent() && !withoutMeasuring) {
      ThisJava.expectToRun(target.get());
    }
    Model model = modelParameter.read(console);
    if (layer.isPresent()) {
      checkLayer(model, layer.get());
    }
    CompiledProgram compiled = compile(model);
    ScheduledStep step = compiled.step();
    List<Operation> operations =
        step.graph().operations().stream()
            .filter(operation -> layer.map(name -> computes(operation, name, model)).orElse(true))
            .toList();
    if (operations.isEmpty()) {
      console.line(layer.orElseThrow() + " has no code of its own in this program");
      return ExitCode.DONE;
    }
    Optional<Measurement> measurement = measure(compiled, operations);
    Machine machine =
        measurement.flatMap(measured -> ThisMachine.described()).orElse(Machine.REFERENCE);
    print(
        operations.stream()
            .map(operation -> OperationReport.of(step, operation, machine, measurement))
            .toList());
    return ExitCode.DONE;
  }

  private CompiledProgram compile(Model model) throws IOException, ModelException, UserException {
    boolean trains = model.network().loss().isPresent();
    ProgramKind kind = program.orElse(trains ? ProgramKind.TRAINING : ProgramKind.PREDICTION);
    if (kind == ProgramKind.TRAINING) {
      model.expectLoss();
    }
    Target form = target.orElse(VectorSupport.isWanted() ? Target.VECTOR : Target.PLAIN);
    CompilerOptions options =
        algorithm
            .in(batch.in(CompilerOptions.DEFAULT), tuning, model, console)
            .withTargets(form)
            .forJava(Runtime.version().feature())
            .withPrograms(kind)
            .withPhasePerOperation(true);
    return model.compile(options).program(kind);
  }

  private Optional<Measurement> measure(CompiledProgram compiled, List<Operation> operations) {
    if (withoutMeasuring) {
      return Optional.empty();
    }
    console.progress("measuring " + operations.size() + " operations\n");
    List<String> names = operations.stream().map(Operation::name).toList();
    Measurement measurement = Measurement.of(compiled, names, WARM_UP, seconds);
    if (!measurement.cold().isEmpty()) {
      console.message(
          "not compiled in "
              + Math.round(WARM_UP)
              + " seconds, and slower than it will be: "
              + String.join(", ", measurement.cold()));
    }
    return Optional.of(measurement);
  }

  private void print(List<OperationReport> reports) {
    if (json.isWanted()) {
      reports.forEach(report -> console.line(ReportText.json(report).toString()));
      return;
    }
    if (layer.isEmpty()) {
      console.print(ReportText.table(reports));
      return;
    }
    for (int i = 0; i < reports.size(); i++) {
      console.print((i == 0 ? "" : "\n") + ReportText.paragraph(reports.get(i)));
    }
  }

  /** Whether an operation is a layer's, or computes it at once with the layers before it. */
  private static boolean computes(Operation operation, String layer, Model model) {
    return operation.layer().equals(layer)
        || (OperationReport.isFused(operation) && layersUpTo(operation, model).contains(layer));
  }

  /** The layers from the one that an operation is named after to the one whose value it gives. */
  private static List<String> layersUpTo(Operation operation, Model model) {
    Map<String, Node> producers =
        model.network().nodes().stream()
            .collect(Collectors.toMap(node -> node.output().name(), node -> node));
    List<String> layers = new ArrayList<>();
    Node node = producers.get(operation.output().name());
    while (!node.name().equals(operation.layer())) {
      layers.add(node.name());
      node = producers.get(node.input().name());
    }
    return layers;
  }

  private static void checkLayer(Model model, String name) throws UserException {
    List<String> layers = model.network().nodes().stream().map(Node::name).toList();
    if (!layers.contains(name)) {
      throw new UserException(
          model.file()
              + ": no layer \""
              + name
              + "\""
              + DidYouMean.closest(name, layers)
                  .map(near -> "; did you mean \"" + near + "\"?")
                  .orElse("; there are " + String.join(", ", layers)));
    }
  }
}
