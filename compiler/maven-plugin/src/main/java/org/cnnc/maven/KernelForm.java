package org.cnnc.maven;

import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.TargetChoice;

/** What the parameters {@code kernels} and {@code target} say. */
final class KernelForm {
  private KernelForm() {}

  /** The form of the classes that compute. */
  static Emit emit(String kernels) throws MojoFailureException {
    return switch (kernels.strip()) {
      case "bytecode" -> Emit.BYTECODE;
      case "source" -> Emit.SOURCE;
      default ->
          throw new MojoFailureException(
              "parameter kernels: expected bytecode or source, found " + kernels);
    };
  }

  /**
   * Which of these classes there are.
   *
   * @param target what is set; absent where the form decides
   */
  static TargetChoice target(Optional<String> target, Emit emit) throws MojoFailureException {
    String word = target.orElse("").strip();
    return switch (word) {
      case "" -> TargetChoice.usual(emit, CompilerOptions.SOURCE_RELEASE);
      case "plain" -> TargetChoice.PLAIN;
      case "vector" -> TargetChoice.VECTOR;
      case "both" -> TargetChoice.BOTH;
      default ->
          throw new MojoFailureException(
              "parameter target: expected plain, vector or both, found " + word);
    };
  }
}
