package org.cnnc.benchmarks.machine;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks hand-over}: how far the cores of this machine are from each other. */
@Command(
    name = "hand-over",
    mixinStandardHelpOptions = true,
    header = "Measures what memory costs that another core has written.",
    description =
        "Two threads write the same 256 KiB in turns; every half second a line tells the nanoseconds "
            + "of a cache line. On a virtual machine that changes within seconds, as the host moves its "
            + "cores, and with it the speed of whatever several threads compute.",
    descriptionHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  benchmarks hand-over --seconds 60")
public final class HandOverCommand implements Callable<Integer> {
  private static final double LINE = 0.5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "30",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() {
    if (!(seconds >= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds: expected a number of at least 0");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (HandOver handOver = HandOver.start()) {
      for (double begin = 0; begin < seconds; begin += LINE) {
        double nanoseconds = handOver.nanosecondsOfLine(Math.min(LINE, seconds - begin));
        out.printf(Locale.ROOT, "%5.1f s: %.1f ns a line%n", begin, nanoseconds);
        out.flush();
      }
    }
    return 0;
  }
}
