package org.cnnc.benchmarks.kernels;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.TextTable;
import org.cnnc.compiler.schedule.Target;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchmarks kernels}: single layers by JMH, as shares of what the machine can do. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    header = "Measures single layers, in GFLOP/s and shares of the machine's peak.",
    description =
        "Runs networks of one layer on one thread with JMH, and a loop of multiply-adds in registers "
            + "that shows the peak of a core. A training step counts as three forward passes, whatever "
            + "the algorithm.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  benchmarks kernels LENET28_CONV1 LENET28_CONV2 --targets vector")
public final class KernelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KERNEL",
      description = "Which layers: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Kernel> kernels = List.of(Kernel.values());

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "plain|vector",
      defaultValue = "vector,plain",
      description = "Forms of the code (default: ${DEFAULT-VALUE}).")
  private List<Target> targets = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "How long one of the five rounds of a figure takes, and one of the four before them (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() throws RunnerException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    RunResult peakRun =
        new Runner(options().include(PeakBenchmark.class.getName()).build()).runSingle();
    double peak = FmaLoop.compile().flops() / microseconds(peakRun);
    out.println(String.format(Locale.ROOT, "peak of a core: %.1f GFLOP/s", peak * 1e-3));
    TextTable table = new TextTable("lllrrrr");
    table.row("kernel", "job", "target", "MFLOP", "us", "GFLOP/s", "of peak");
    for (RunResult result : new Runner(kernelOptions().build()).run()) {
      row(table, result, peak);
    }
    out.print(table);
    out.flush();
    return 0;
  }

  private ChainedOptionsBuilder options() {
    TimeValue time = TimeValue.microseconds(Math.round(seconds * 1e6));
    return new OptionsBuilder()
        .warmupTime(time)
        .measurementTime(time)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private ChainedOptionsBuilder kernelOptions() {
    return options()
        .include(KernelBenchmark.class.getName())
        .param("kernel", names(kernels))
        .param("target", names(targets));
  }

  private static String[] names(List<? extends Enum<?>> constants) {
    return constants.stream().map(constant -> constant.name()).toArray(String[]::new);
  }

  private static void row(TextTable table, RunResult result, double peak) {
    BenchmarkParams parameters = result.getParams();
    Kernel kernel = Kernel.valueOf(parameters.getParam("kernel"));
    Job job = Job.valueOf(parameters.getParam("job"));
    Target target = Target.valueOf(parameters.getParam("target"));
    double flops = flops(kernel, job, target);
    double speed = flops / microseconds(result);
    table.row(
        word(kernel),
        word(job),
        word(target),
        String.format(Locale.ROOT, "%.2f", flops * 1e-6),
        String.format(
            Locale.ROOT, "%.1f +- %.1f", microseconds(result), primary(result).getScoreError()),
        String.format(Locale.ROOT, "%.1f", speed * 1e-3),
        String.format(Locale.ROOT, "%.0f %%", 100 * speed / peak));
  }

  private static double flops(Kernel kernel, Job job, Target target) {
    try (RunningNetwork network =
        RunningNetwork.of(kernel.text(), job, target, KernelBenchmark.BATCH)) {
      return network.flops();
    }
  }

  private static Result<?> primary(RunResult result) {
    return result.getPrimaryResult();
  }

  private static double microseconds(RunResult result) {
    return primary(result).getScore();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
