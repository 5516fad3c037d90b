package org.cnnc.compiler.transform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopVerifier;

/** Runs passes one after the other, and keeps what each of them did. */
public final class PassRunner {
  private final List<LoopPass> passes;
  private final boolean verifying;

  /**
   * What one pass did.
   *
   * @param name of the pass
   * @param before its input
   * @param after its result; the same instance if it changed nothing
   * @param time that it took, without verification
   */
  public record Step(String name, LoopProgram before, LoopProgram after, Duration time) {
    @SuppressWarnings("ReferenceEquality") // "unchanged" means the same instance
    public boolean changed() {
      return before != after;
    }

    /** The result as text. */
    public String textAfter() {
      return LoopPrinter.print(after);
    }
  }

  /** The program after the last pass, and all steps on the way there. */
  public record Result(LoopProgram program, List<Step> steps) {
    public Result {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Verifies the program before the first pass and after each that changed it.
   *
   * @param passes in order, each with a name of its own
   */
  public static PassRunner verifying(List<LoopPass> passes) {
    return new PassRunner(passes, true);
  }

  /** Verifies nothing. */
  public static PassRunner trusting(List<LoopPass> passes) {
    return new PassRunner(passes, false);
  }

  private PassRunner(List<LoopPass> passes, boolean verifying) {
    this.passes = List.copyOf(passes);
    this.verifying = verifying;
    Set<String> names = new HashSet<>();
    for (LoopPass pass : passes) {
      if (!names.add(pass.name())) {
        throw new IllegalArgumentException("two passes are named " + pass.name());
      }
    }
  }

  /**
   * Runs all passes.
   *
   * @throws InternalCompilerError if a pass fails or its result is not legal; the message names the
   *     pass
   */
  public Result run(LoopProgram program) {
    verify(program, "before the first pass");
    LoopProgram current = program;
    List<Step> steps = new ArrayList<>();
    for (LoopPass pass : passes) {
      Step step = run(pass, current);
      steps.add(step);
      current = step.after();
      if (step.changed()) {
        verify(current, "after pass " + pass.name());
      }
    }
    return new Result(current, steps);
  }

  private static Step run(LoopPass pass, LoopProgram before) {
    long start = System.nanoTime();
    try {
      LoopProgram after = pass.apply(before);
      return new Step(pass.name(), before, after, Duration.ofNanos(System.nanoTime() - start));
    } catch (RuntimeException e) {
      throw new InternalCompilerError("in pass " + pass.name() + ": " + e.getMessage(), e);
    }
  }

  private void verify(LoopProgram program, String moment) {
    if (!verifying) {
      return;
    }
    try {
      LoopVerifier.verify(program);
    } catch (InternalCompilerError e) {
      throw new InternalCompilerError(moment + ": " + e.getMessage(), e);
    }
  }
}
