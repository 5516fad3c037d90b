package org.cnnc.maven;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.AppClasses;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
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

  /** Which classes an app has of a network. */
  AppClasses classes(NetworkFile file, NetworkGraph network) throws MojoFailureException {
    return new AppClasses(
        file.packageName(),
        emit,
        target,
        CompilerOptions.SOURCE_RELEASE,
        training,
        keptValues(file, network));
  }

  /** How they are compiled to be written. */
  CompilerOptions options(NetworkFile file, NetworkGraph network, Log log)
      throws IOException, MojoFailureException {
    return tuned(classes(file, network).written(network), file, network, log);
  }

  /** The same with the tiles that lie beside the network, if they are wanted. */
  CompilerOptions tuned(CompilerOptions options, NetworkFile file, NetworkGraph network, Log log)
      throws IOException {
    return tune ? options.withKernels(file.tiles(network, log)) : options;
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
