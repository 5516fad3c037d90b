package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.function.Supplier;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.Program;

/**
 * Trains in a virtual machine of its own, with every target and several numbers of threads, and
 * prints a digest of all bits each time: first with code that never ran, then with the same classes
 * after many steps.
 */
final class ObserveColdAndWarm {
  static final int STEPS = 4;

  private ObserveColdAndWarm() {}

  /** Takes how many steps to warm up with, then networks of the corpus. */
  public static void main(String... arguments) throws IOException {
    int warmUp = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      for (Target target : Target.values()) {
        CompilationResult result =
            Texts.corpus(arguments[i], CompilerOptions.DEFAULT.withTargets(target));
        CompiledProgram compiled = result.program(ProgramKind.TRAINING);
        MemoryLoader loader = MemoryLoader.of(BytecodeEmitter.emit(compiled.plan()));
        Supplier<Program> programs = () -> loader.program(compiled.className());
        String what = arguments[i] + " " + target;
        int classes = Texts.classes(result);
        observe(what + " cold", programs, classes);
        if (warmUp > 0) {
          Observed.training(programs.get(), classes, warmUp, 2);
          observe(what + " warm", programs, classes);
        }
      }
    }
  }

  private static void observe(String what, Supplier<Program> programs, int classes) {
    for (int threads : new int[] {1, 2, 3, 7}) {
      String digest = Observed.training(programs.get(), classes, STEPS, threads).digest();
      System.out.println(digest + " " + what + ", " + threads + " threads");
    }
  }
}
