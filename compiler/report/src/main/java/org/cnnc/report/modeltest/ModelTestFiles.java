package org.cnnc.report.modeltest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.verify.GoldenAnswers;
import org.cnnc.training.verify.OneWorkerProgram;

/**
 * The files of the test that travels with a model.
 *
 * @param errors why there are none: a program is too large for a class
 */
public record ModelTestFiles(List<Diagnostic> errors, List<GeneratedFile> files) {
  public ModelTestFiles {
    errors = List.copyOf(errors);
    files = List.copyOf(files);
  }

  /**
   * Makes them: asks the interpreter, so that no generated class judges itself.
   *
   * @param app what the app's classes are compiled with
   * @param weights those that ship
   * @throws WeightsException if the weights are another model's
   */
  public static ModelTestFiles of(NetworkGraph network, CompilerOptions app, Safetensors weights)
      throws WeightsException {
    ModelTest test = new ModelTest(network, app);
    CompilationResult prediction = Compiler.compile(network, test.oracle());
    if (prediction.hasErrors()) {
      return none(prediction);
    }
    CompiledProgram oracle = prediction.program(ProgramKind.PREDICTION);
    byte[] golden = golden(oracle, weights, test.origin());
    List<GeneratedFile> files = new ArrayList<>(List.of(test.source(), test.golden(golden)));
    Optional<CompilerOptions> training = test.training();
    if (training.isPresent()) {
      CompilationResult compiled = Compiler.compile(network, training.get());
      if (compiled.hasErrors()) {
        return none(compiled);
      }
      files.addAll(compiled.files());
    }
    return new ModelTestFiles(List.of(), files);
  }

  private static ModelTestFiles none(CompilationResult failed) {
    return new ModelTestFiles(failed.diagnostics(), List.of());
  }

  private static byte[] golden(CompiledProgram compiled, Safetensors weights, String origin)
      throws WeightsException {
    LoopInterpreter oracle =
        compiled.interpreter(IntrinsicFunctions.of(Numerics::exp, Numerics::log, Numerics::tanh));
    return GoldenAnswers.of(
            new OneWorkerProgram(compiled.plan().description(), oracle::rows, oracle::run),
            weights,
            origin)
        .toBytes();
  }
}
