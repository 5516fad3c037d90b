package org.cnnc.maven;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;

/**
 * The classes of a network.
 *
 * @param weights what those that ship say of themselves
 */
record NetworkClasses(
    Log log, NetworkText text, CompileSettings settings, Map<String, String> weights)
    implements NetworkProduct {

  /** Makes them all with the same settings. */
  record Maker(Log log, CompileSettings settings, ShippedWeights weights)
      implements NetworkProduct.Maker {
    @Override
    public NetworkProduct of(NetworkText text) {
      Map<String, String> metadata =
          text.network().map(network -> weights.metadata(text.file(), network)).orElse(Map.of());
      return new NetworkClasses(log, text, settings, metadata);
    }

    @Override
    public String done() {
      return "Compiled";
    }

    @Override
    public String nothingToDo() {
      return "Nothing to compile - all networks are up to date";
    }
  }

  /** Of the weights only what they say of themselves: their values change no class. */
  @Override
  public void addTo(Fingerprint inputs) throws IOException {
    settings.addTo(inputs, text.file());
    inputs.with("weights", new TreeMap<>(weights));
  }

  @Override
  public Made make() throws IOException, MojoFailureException {
    NetworkGraph network = text.network().orElseThrow();
    CompilerOptions options =
        settings.options(text.file(), network, log).withWeightsMetadata(weights);
    CompilationResult result = Compiler.compile(network, options);
    return result.hasErrors()
        ? Made.none(result.diagnostics())
        : new Made(
            List.of(), result.files(), new CompilationFacts(result, settings.emit()).lines());
  }
}
