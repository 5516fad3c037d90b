package org.cnnc.cli.option;

import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.schedule.AlgorithmRule;
import picocli.CommandLine.Option;

/**
 * Which algorithm convolutions have, for comparing and for tests. Only commands without weights
 * have it: an algorithm is part of what weights mean, so files are always by the shapes' rule.
 */
public final class AlgorithmOption {
  @Option(
      names = "--algorithm",
      paramLabel = "by-shape|direct|winograd",
      defaultValue = "by-shape",
      description =
          "How convolutions are computed (default: ${DEFAULT-VALUE}); winograd wherever it is "
              + "defined. For comparing: what is compiled for use has the default.")
  private AlgorithmRule rule;

  public CompilerOptions in(CompilerOptions options) {
    return options.withAlgorithms(rule);
  }
}
