package org.cnnc.benchmarks.kernels;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.TextTable;
import org.cnnc.compiler.schedule.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchmarks scaling}: GFLOP/s against one size at a time. */
@Command(
    name = "scaling",
    mixinStandardHelpOptions = true,
    header = "Measures how the speed depends on batch, channels, pixels and depth.",
    description =
        "Prints GFLOP/s of a forward pass and of a training step on one thread for growing sizes: "
            + "medians of the thread's processor time, so that other work on the machine counts little. A "
            + "training step counts as three forward passes, whatever the algorithm.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  benchmarks scaling CHANNELS --target vector")
public final class ScalingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      description = "Which sizes: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Scaling> tables = List.of(Scaling.values());

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      defaultValue = "vector",
      description = "Form of the code (default: ${DEFAULT-VALUE}).")
  private Target target;

  @Option(names = "--sizes", split = ",", paramLabel = "N", description = "Only these sizes.")
  private List<Integer> only = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "How long to measure each figure (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "3",
      description =
          "How long a round before it takes; rounds go on while the VM compiles (default: ${DEFAULT-VALUE}).")
  private double warmup;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Scaling table : tables) {
      TextTable text = new TextTable("rrrrr");
      text.row(
          table.name().toLowerCase(Locale.ROOT), "predict, us", "GFLOP/s", "train, us", "GFLOP/s");
      for (int size : only.isEmpty() ? table.sizes() : only) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(size)));
        for (Job job : Job.values()) {
          measure(table, size, job, cells);
        }
        text.row(cells.toArray(String[]::new));
      }
      out.println(text);
      out.flush();
    }
    return 0;
  }

  private void measure(Scaling table, int size, Job job, List<String> cells) {
    try (RunningNetwork network =
        RunningNetwork.of(table.text(size), job, target, table.batch(size))) {
      double median = new ProcessorTime(network::run).median(warmup, seconds);
      cells.add(String.format(Locale.ROOT, "%,.1f", median * 1e-3));
      cells.add(String.format(Locale.ROOT, "%.1f", network.flops() / median));
    }
  }
}
