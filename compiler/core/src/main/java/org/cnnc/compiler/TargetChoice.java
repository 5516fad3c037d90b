package org.cnnc.compiler;

import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.schedule.Target;

/** Which forms of code a user asks for. */
public enum TargetChoice {
  /** Runs on any Java. */
  PLAIN,
  /** Runs only where Java has the Vector API. */
  VECTOR,
  /** Runs on any Java, and faster where it has the Vector API. */
  BOTH;

  /**
   * What users get who do not choose: the fastest that asks nothing of their builds. javac takes
   * source of the Vector API only with an option; class files need nothing.
   */
  public static TargetChoice usual(Emit emit, int release) {
    return emit == Emit.BYTECODE && release >= CompilerOptions.SOURCE_RELEASE ? BOTH : PLAIN;
  }

  /** The options with these forms. */
  public CompilerOptions in(CompilerOptions options) {
    return switch (this) {
      case PLAIN -> options.withTargets(Target.PLAIN);
      case VECTOR -> options.withTargets(Target.VECTOR);
      case BOTH -> options.withTargets(Target.PLAIN, Target.VECTOR);
    };
  }

  /** Whether class files for a version of Java may have these forms. */
  public boolean goesWith(int release) {
    return this == PLAIN || release >= CompilerOptions.SOURCE_RELEASE;
  }
}
