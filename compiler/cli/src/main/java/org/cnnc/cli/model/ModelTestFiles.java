package org.cnnc.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.cli.console.ModelException;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ModelTest;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.loop.IntrinsicFunctions;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.verify.GoldenAnswers;
import org.cnnc.training.verify.OneWorkerProgram;

/** The files of the test that travels with a model. */
public final class ModelTestFiles {
  private ModelTestFiles() {}

  /**
   * Makes them: asks the interpreter, so that no generated class judges itself.
   *
   * @param app what the app's classes are compiled with
   * @param weights those that ship
   * @throws ModelException if the class that trains is too large for a class
   * @throws WeightsException if the weights are another model's
   */
  public static List<GeneratedFile> of(Model model, CompilerOptions app, Safetensors weights)
      throws ModelException, WeightsException {
    ModelTest test = new ModelTest(model.network(), app);
    List<GeneratedFile> files = new ArrayList<>(List.of(test.source()));
    CompiledProgram compiled = model.compile(test.oracle()).program(ProgramKind.PREDICTION);
    LoopInterpreter oracle =
        compiled.interpreter(IntrinsicFunctions.of(Numerics::exp, Numerics::log, Numerics::tanh));
    GoldenAnswers answers =
        GoldenAnswers.of(
            new OneWorkerProgram(compiled.plan().description(), oracle::rows, oracle::run),
            weights,
            test.origin());
    files.add(test.golden(answers.toBytes()));
    Optional<CompilerOptions> training = test.training();
    if (training.isPresent()) {
      files.addAll(model.compile(training.get()).files());
    }
    return files;
  }
}
