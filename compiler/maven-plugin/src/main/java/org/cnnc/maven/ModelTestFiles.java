package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ModelTest;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.loop.IntrinsicFunctions;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.verify.GoldenAnswers;
import org.cnnc.training.verify.OneWorkerProgram;

/**
 * The test that travels with a network: golden answers of its interpreter, not of its classes.
 *
 * @param weights those that ship
 */
record ModelTestFiles(Log log, NetworkText text, CompileSettings settings, Path weights)
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
        return new ModelTestFiles(log, text, settings, classes);
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
      return new ModelTestFiles(log, text, settings, weights);
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
    ModelTest test = new ModelTest(network, settings.options(text.file(), network, log));
    List<GeneratedFile> files = new ArrayList<>(List.of(test.source(), golden(network, test)));
    Optional<CompilerOptions> training = test.training();
    if (training.isPresent()) {
      CompilationResult result = Compiler.compile(network, training.get());
      if (result.hasErrors()) {
        return Made.none(result.diagnostics());
      }
      files.addAll(result.files());
    }
    String gradients =
        network.loss().isPresent()
            ? "  verifies golden answers, and gradients by central differences"
            : "  verifies golden answers; there is no loss, so there are no gradients";
    return new Made(List.of(), files, List.of(gradients));
  }

  private GeneratedFile golden(NetworkGraph network, ModelTest test) throws IOException {
    CompiledProgram compiled =
        Compiler.compile(network, test.oracle()).program(ProgramKind.PREDICTION);
    LoopInterpreter oracle =
        compiled.interpreter(IntrinsicFunctions.of(Numerics::exp, Numerics::log, Numerics::tanh));
    GoldenAnswers answers =
        GoldenAnswers.of(
            new OneWorkerProgram(compiled.plan().description(), oracle::rows, oracle::run),
            Safetensors.read(weights),
            test.origin());
    return test.golden(answers.toBytes());
  }
}
