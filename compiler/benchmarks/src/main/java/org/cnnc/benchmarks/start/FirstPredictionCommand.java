package org.cnnc.benchmarks.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cnnc.benchmarks.comparison.Spread;
import org.cnnc.benchmarks.process.TimedProcess;
import org.cnnc.benchmarks.process.TimedProcess.Run;
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
      List<Contestant> contestants = contestants(folder);
      for (int round = 0; round < rounds; round++) {
        for (Contestant contestant : contestants) {
          contestant.runs().add(contestant.process().run());
        }
      }
      print(contestants);
    } finally {
      delete(folder);
    }
    return 0;
  }

  /**
   * Who is started in turns.
   *
   * @param isApp whether it tells its own times
   * @param runs filled round by round
   */
  private record Contestant(String name, TimedProcess process, boolean isApp, List<Run> runs) {
    Contestant(String name, TimedProcess process, boolean isApp) {
      this(name, process, isApp, new ArrayList<>());
    }
  }

  private List<Contestant> contestants(Path folder)
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
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("java, a class that does nothing", app.nothing(), false));
    all.add(new Contestant("app", app.started(), true));
    app.started("-XX:ArchiveClassesAtExit=app.jsa", "-Xlog:disable").run();
    all.add(new Contestant("app, CDS archive", app.started("-XX:SharedArchiveFile=app.jsa"), true));
    if (Runtime.version().feature() >= FIRST_WITH_AOT_CACHES) {
      app.started("-XX:AOTCacheOutput=app.aot", "-Xlog:disable").run();
      all.add(new Contestant("app, AOT cache", app.started("-XX:AOTCache=app.aot"), true));
    }
    for (String other : others) {
      List<String> command = List.of(other.strip().split(" +"));
      all.add(new Contestant(other, new TimedProcess(command, folder), false));
    }
    return all;
  }

  private void print(List<Contestant> contestants) {
    TextTable table = new TextTable("lrrr");
    table.row("milliseconds", "process", "loading the model", "answer");
    for (Contestant contestant : contestants) {
      List<Run> runs = contestant.runs();
      table.row(
          contestant.name(),
          Spread.of(runs.stream().map(Run::milliseconds).toList()).text("%.0f"),
          contestant.isApp() ? inside(runs, 0) : "",
          contestant.isApp() ? inside(runs, 1) : "");
    }
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
