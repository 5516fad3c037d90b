package org.cnnc.cli.option;

import java.io.IOException;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.schedule.AlgorithmRule;
import picocli.CommandLine.Option;

/**
 * Which algorithms layers have, for comparing. Only commands without weights have it: an algorithm
 * is part of what weights mean, so files are always by the shapes' rule.
 */
public final class AlgorithmOption {
  @Option(
      names = "--algorithm",
      paramLabel = "by-shape|direct|winograd",
      defaultValue = "by-shape",
      description =
          "How sums are computed (default: ${DEFAULT-VALUE}): direct as the formulas say, winograd "
              + "for every convolution it is defined for. For comparing: what is compiled for use is by "
              + "shape, and so is what cnnc tune found, which others leave aside.")
  private AlgorithmRule rule;

  /** Options with the rule, and with the tiles that were told for it. */
  public CompilerOptions in(
      CompilerOptions options, TuningOption tuning, Model model, Console console)
      throws IOException {
    return rule == AlgorithmRule.BY_SHAPE
        ? tuning.in(options, model, console)
        : options.withAlgorithms(rule);
  }
}
