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
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.TextTable;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.AppClassesOptions;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.ByteSizeConverter;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.AppClasses;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.cost.Budget;
import org.cnnc.compiler.cost.Cost;
import org.cnnc.compiler.cost.Cost.Resource;
import org.cnnc.compiler.cost.Costs;
import org.cnnc.compiler.cost.Excess;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnnc check}: holds what a model costs against a budget. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    header = "Fails when a model costs more memory or code than it may.",
    description =
        "Shows what a model costs in memory and class files, and fails, naming the layers that "
            + "cost most, when that is more than the limits allow. An arena is what a step works in "
            + "beside the parameters, with one thread; the bound beside it is the largest sum of live "
            + "values, which no plan of this step can be below. Class files are those of the programs, as "
            + "bytecode. Give the options that the app is compiled with: its package's name and kept "
            + "values cost, and so does the vector form. Sizes are bytes, or as 200K, 8M, 1G.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc check digits.net --max-train-arena 8M --max-predict-arena 200K \\",
      "      --emit bytecode --package org.example --max-class-bytes 60K"
    })
final class CheckCommand implements Callable<Integer> {
  private static final int LAYERS = 3;

  private final Console console;

  @Mixin private ModelParameter model;

  @Option(
      names = "--max-train-arena",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "Most memory of a training step (default: any).")
  private Optional<Long> trainArena = Optional.empty();

  @Option(
      names = "--max-predict-arena",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "Most memory of a prediction (default: any).")
  private Optional<Long> predictArena = Optional.empty();

  @Option(
      names = "--max-class-bytes",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "Most bytes of class files (default: any).")
  private Optional<Long> classBytes = Optional.empty();

  @Mixin private AppClassesOptions app;
  @Mixin private TuningOption tuning;
  @Mixin private BatchOption batch;
  @Mixin private JsonOption json;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    app.checkUsage();
    Model read = model.read(console);
    AppClasses classes = app.of(read);
    CompilerOptions options = batch.in(classes.measured(read.network()));
    CompilationResult compiled = read.compile(tuning.in(options, read, console));
    List<Cost> costs = Costs.of(compiled, classes.shipped(read.network()));
    List<Excess> excesses = budget().check(costs);
    if (json.isWanted()) {
      console.line(asJson(read, costs, excesses));
    } else {
      console.print(table(costs));
    }
    excesses.forEach(excess -> console.message("error: " + read.file() + ": " + excess.message()));
    return excesses.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_INPUT;
  }

  private Budget budget() {
    Budget budget = Budget.NONE;
    budget = with(budget, Resource.TRAINING_ARENA, trainArena);
    budget = with(budget, Resource.PREDICTION_ARENA, predictArena);
    return with(budget, Resource.CLASSES, classBytes);
  }

  private static Budget with(Budget budget, Resource resource, Optional<Long> limit) {
    return limit.map(bytes -> budget.with(resource, bytes)).orElse(budget);
  }

  private String table(List<Cost> costs) {
    TextTable table = new TextTable("lrrrl");
    table.row("", "bytes", "never below", "limit", "most by");
    for (Cost cost : costs) {
      Long limit = budget().limits().get(cost.resource());
      table.row(
          cost.resource().text(),
          Quantities.count(cost.bytes()),
          cost.lowerBound().isPresent() ? Quantities.count(cost.lowerBound().getAsLong()) : "",
          limit == null ? "" : Quantities.count(limit),
          costliest(cost));
    }
    return table.toString();
  }

  private static String costliest(Cost cost) {
    return cost.byLayer().entrySet().stream()
        .limit(LAYERS)
        .map(layer -> layer.getKey() + " " + Quantities.count(layer.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String asJson(Model read, List<Cost> costs, List<Excess> excesses) {
    List<JsonObject> list = new ArrayList<>();
    for (Cost cost : costs) {
      JsonObject object =
          new JsonObject().with("resource", cost.resource().text()).with("bytes", cost.bytes());
      cost.lowerBound().ifPresent(bound -> object.with("lower_bound", bound));
      Long limit = budget().limits().get(cost.resource());
      if (limit != null) {
        object.with("limit", limit);
      }
      list.add(object.withObjects("layers", layers(cost)));
    }
    return new JsonObject()
        .with("network", read.network().name())
        .with("within_budget", excesses.isEmpty())
        .withObjects("costs", list)
        .toString();
  }

  private static List<JsonObject> layers(Cost cost) {
    List<JsonObject> layers = new ArrayList<>();
    for (Map.Entry<String, Long> layer : cost.byLayer().entrySet()) {
      layers.add(new JsonObject().with("layer", layer.getKey()).with("bytes", layer.getValue()));
    }
    return layers;
  }
}
