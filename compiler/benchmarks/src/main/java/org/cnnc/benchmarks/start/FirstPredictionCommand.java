package org.cnnc.benchmarks.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cnnc.benchmarks.comparison.Spread;
import org.cnnc.benchmarks.start.TimedProcess.Run;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.TextTable;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks first-prediction}: from the start of java to the end of an app. */
@Command(
    name = "first-prediction",
    mixinStandardHelpOptions = true,
    header = "Times processes that load a model and make one prediction.",
    description =
        "Builds an app as its user would (the classes of both targets and the weights in a jar) and"
            + " starts it in turns: as it is, with an archive of its classes (CDS), from Java 25 on"
            + " with an AOT cache, and beside a class that does nothing. Prints milliseconds of whole"
            + " processes, and what the app spends on loading the model and on the answer.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  benchmarks first-prediction lenet28.net --beside 'python3 one_answer.py'")
public final class FirstPredictionCommand implements Callable<Integer> {
  private static final int FIRST_WITH_AOT_CACHES = 25;
  private static final double MILLISECONDS = 1e-6;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;

  @Option(
      names = "--weights",
      paramLabel = "W",
      description = "The model's weights (default: as before a training).")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "How often each is started (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--beside",
      paramLabel = "COMMAND",
      description = "Another program to start in turns, words parted by spaces; may be repeated.")
  private List<String> others = List.of();

  @Override
  public Integer call() throws IOException, SourceException, ModelException, InterruptedException {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds: expected at least 1");
    }
    Path folder = Files.createTempDirectory("cnnc-first-prediction");
    try {
      List<TimedProcess> processes = processes(folder);
      Map<String, List<Run>> runs = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (TimedProcess process : processes) {
          runs.computeIfAbsent(process.name(), name -> new ArrayList<>()).add(process.run(folder));
        }
      }
      print(runs);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private List<TimedProcess> processes(Path folder)
      throws IOException, SourceException, ModelException, InterruptedException {
    Model model = modelParameter.read(new Console(new StringWriter(), new StringWriter(), false));
    Program program =
        model
            .programs(CompilerOptions.DEFAULT, ProgramKind.PREDICTION)
            .create(ProgramKind.PREDICTION);
    ProgramInfo info = InMemoryPrograms.info(program);
    Path file = folder.resolve("weights.safetensors");
    if (weights.isPresent()) {
      Files.copy(weights.get(), file);
    } else {
      Parameters.initialise(program, info, 1);
      new PredictionSession(program, info).weights().write(file);
    }
    SmallApp app =
        SmallApp.build(
            folder, model.file().toAbsolutePath(), file, info.model(), info.input().elements());
    List<TimedProcess> processes = new ArrayList<>();
    processes.add(app.nothing("java, a class that does nothing"));
    processes.add(app.started("app", List.of()));
    app.started("", List.of("-XX:ArchiveClassesAtExit=app.jsa", "-Xlog:disable")).run(folder);
    processes.add(app.started("app, CDS archive", List.of("-XX:SharedArchiveFile=app.jsa")));
    if (Runtime.version().feature() >= FIRST_WITH_AOT_CACHES) {
      app.started("", List.of("-XX:AOTCacheOutput=app.aot", "-Xlog:disable")).run(folder);
      processes.add(app.started("app, AOT cache", List.of("-XX:AOTCache=app.aot")));
    }
    for (String other : others) {
      processes.add(new TimedProcess(other, List.of(other.strip().split(" +"))));
    }
    return processes;
  }

  private void print(Map<String, List<Run>> runs) {
    TextTable table = new TextTable("lrrr");
    table.row("milliseconds", "process", "loading the model", "answer");
    runs.forEach(
        (name, all) ->
            table.row(
                name,
                Spread.of(all.stream().map(Run::milliseconds).toList()).text("%.0f"),
                name.startsWith("app") ? inside(all, 0) : "",
                name.startsWith("app") ? inside(all, 1) : ""));
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.flush();
  }

  /** What the app itself has measured, in nanoseconds. */
  private static String inside(List<Run> runs, int line) {
    return Spread.of(
            runs.stream().map(run -> MILLISECONDS * Long.parseLong(run.lines().get(line))).toList())
        .text("%.1f");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
