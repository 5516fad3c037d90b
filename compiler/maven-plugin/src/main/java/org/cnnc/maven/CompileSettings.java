package org.cnnc.maven;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Value;

/**
 * What to make of each network.
 *
 * @param emit form of the classes that compute
 * @param target which of them
 * @param training whether those that train are wanted
 * @param keep names of values to keep
 * @param tune whether the tiles that {@code cnnc tune} found are used
 */
record CompileSettings(
    Emit emit, TargetChoice target, boolean training, List<String> keep, boolean tune) {
  /**
   * From a goal's parameters.
   *
   * @param kernels the word for the form of the classes
   * @param kernelTarget the word for which of them; null for what that form has by default
   * @throws MojoFailureException if a word is unknown
   */
  static CompileSettings of(
      String kernels, String kernelTarget, boolean training, List<String> keep, boolean tune)
      throws MojoFailureException {
    Emit emit = KernelForm.emit(kernels);
    TargetChoice target = KernelForm.target(Optional.ofNullable(kernelTarget), emit);
    return new CompileSettings(emit, target, training, List.copyOf(keep), tune);
  }

  /** Adds all that changes what is made of a network. */
  void addTo(Fingerprint inputs, NetworkFile file) throws IOException {
    if (tune) {
      inputs.withContent("tiles", TuningFile.beside(file.path()));
    }
    inputs.with("settings", this);
  }

  /** How the classes of an app are compiled. */
  CompilerOptions options(NetworkFile file, NetworkGraph network, Log log)
      throws IOException, MojoFailureException {
    CompilerOptions options = options(file, network);
    return tune ? options.withKernels(file.tiles(network, log)) : options;
  }

  private CompilerOptions options(NetworkFile file, NetworkGraph network)
      throws MojoFailureException {
    CompilerOptions options =
        target
            .in(CompilerOptions.DEFAULT)
            .withEmit(emit)
            .withFacade(true)
            .withPackageName(file.packageName())
            .withKeptValues(keptValues(file, network));
    return training && network.loss().isPresent()
        ? options
        : options.withPrograms(ProgramKind.PREDICTION);
  }

  private List<String> keptValues(NetworkFile file, NetworkGraph network)
      throws MojoFailureException {
    List<String> names = new ArrayList<>();
    for (String name : keep) {
      Value value =
          network
              .value(name)
              .orElseThrow(
                  () ->
                      new MojoFailureException(
                          file.path()
                              + ": parameter keep: no value \""
                              + name
                              + "\"; there are "
                              + network.names().keySet()));
      names.add(value.name());
    }
    return names;
  }
}
