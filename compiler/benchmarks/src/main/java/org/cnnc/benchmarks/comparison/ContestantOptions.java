package org.cnnc.benchmarks.comparison;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cnnc.benchmarks.process.TimedProcess;
import org.cnnc.cli.Main;
import org.cnnc.compiler.schedule.Target;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is measured, and by whom. */
final class ContestantOptions {
  private static final String VECTORS = "jdk.incubator.vector";

  @Parameters(
      paramLabel = "model.net",
      arity = "1..*",
      description = "The networks; the peers know them by the files' names.")
  private List<Path> networks = List.of();

  @Option(
      names = "--peers",
      required = true,
      paramLabel = "SCRIPT",
      description =
          "Measures the peers; takes --nets, --batches, --threads and --seconds, and prints what cnnc bench prints.")
  private Path script = Path.of("");

  @Option(
      names = "--python",
      split = ",",
      paramLabel = "COMMAND",
      defaultValue = "python3",
      description =
          "Runs the script; several are measured one after the other (default: ${DEFAULT-VALUE}).")
  private List<String> interpreters = List.of();

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "plain|vector",
      defaultValue = "vector,plain",
      description = "Our forms of the code (default: ${DEFAULT-VALUE}).")
  private List<Target> targets = List.of();

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,32,128",
      description = "Images in a batch (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "How many threads compute (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long to measure each figure (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "6",
      description =
          "How long ours runs before each figure, while the VM compiles (default: ${DEFAULT-VALUE}).")
  private double warmup;

  /** The processes of one round, in the order in which they run: one network after the other. */
  List<MeasuringProcess> processes() {
    List<MeasuringProcess> processes = new ArrayList<>();
    for (Path network : networks) {
      for (int count : threads) {
        targets.forEach(target -> processes.add(ours(network, target, count)));
        interpreters.forEach(python -> processes.add(peers(network, python, count)));
      }
    }
    return processes;
  }

  private MeasuringProcess ours(Path network, Target target, int count) {
    List<String> command = new ArrayList<>();
    command.add(TimedProcess.java());
    if (ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
      command.addAll(List.of("--add-modules", VECTORS));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("bench", network.toString()));
    command.addAll(List.of("--target", target.name().toLowerCase(Locale.ROOT)));
    command.addAll(List.of("--batch", numbers(batches), "--threads", Integer.toString(count)));
    command.addAll(List.of("--seconds", Double.toString(seconds)));
    command.addAll(List.of("--warmup", Double.toString(warmup)));
    return new MeasuringProcess(command);
  }

  private MeasuringProcess peers(Path network, String python, int count) {
    String name = String.valueOf(network.getFileName()).replaceFirst("[.]net$", "");
    List<String> command = new ArrayList<>(List.of(python, script.toString(), "--nets", name));
    command.addAll(List.of("--batches", numbers(batches), "--threads", Integer.toString(count)));
    command.addAll(List.of("--seconds", Double.toString(seconds)));
    return new MeasuringProcess(command);
  }

  private static String numbers(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(number -> number.toString()).toList());
  }
}
