package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.report.modeltest.ModelTestFiles;
import org.cnnc.runtime.Safetensors;

/**
 * The test that travels with a network: golden answers of its interpreter, not of its classes.
 *
 * @param weights those that ship
 */
record ModelTestProduct(Log log, NetworkText text, CompileSettings settings, Path weights)
    implements NetworkProduct {

  /**
   * Makes them all with the same settings.
   *
   * @param classes folder of the app's classes, with the weights beside them
   */
  record Maker(Log log, CompileSettings settings, Path classes) implements NetworkProduct.Maker {
    @Override
    public NetworkProduct of(NetworkText text) throws MojoFailureException {
      if (text.network().isEmpty()) {
        return new ModelTestProduct(log, text, settings, classes);
      }
      NetworkGraph network = text.network().get();
      Path weights = text.file().weights(classes, network);
      if (!Files.isRegularFile(weights)) {
        throw new MojoFailureException(
            text.file().path()
                + ": expected the weights whose answers its test verifies, there is no "
                + weights
                + "; train the network first, or lay its weights among the resources");
      }
      return new ModelTestProduct(log, text, settings, weights);
    }

    @Override
    public String done() {
      return "Made the test of";
    }

    @Override
    public String nothingToDo() {
      return "Nothing to make - all tests of networks are up to date";
    }
  }

  @Override
  public void addTo(Fingerprint inputs) throws IOException {
    settings.addTo(inputs, text.file());
    inputs.withContent("weights", weights);
  }

  @Override
  public Made make() throws IOException, MojoFailureException {
    NetworkGraph network = text.network().orElseThrow();
    CompilerOptions app = settings.options(text.file(), network, log);
    ModelTestFiles test = ModelTestFiles.of(network, app, Safetensors.read(weights));
    if (!test.errors().isEmpty()) {
      return Made.none(test.errors());
    }
    String gradients =
        network.loss().isPresent()
            ? "  verifies golden answers, and gradients by central differences"
            : "  verifies golden answers; there is no loss, so there are no gradients";
    return new Made(List.of(), test.files(), List.of(gradients));
  }
}
