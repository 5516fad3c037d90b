package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;

/**
 * Moves runs of statements of too large functions into functions of their own, until every function
 * is within the budget. What a run reads from around it becomes parameters. Statements of the body
 * are moved before those of loops, so that few calls are made.
 *
 * <pre>{@code
 * function conv1(image: float[1024]):      function conv1_part1(image: float[1024]):
 *   for y in 0..28:                          for y in 0..28:
 *     (much)                           ->      (much)
 *   for y in 0..28:                        function conv1_part2():
 *     (more)                                 (more)
 *                                          function conv1(image: float[1024]):
 *                                            call conv1_part1(image)
 *                                            call conv1_part2()
 * }</pre>
 *
 * A run keeps together what is bound and used, and leaves locals alone that others assign. It never
 * cuts through a vector loop. No unrolled loop may be left before this pass.
 */
public final class SplitLargeFunctions implements LoopPass {
  private final ToIntFunction<LoopFunction> size;
  private final int budget;
  private final int limit;

  /**
   * For a budget in the unit of the estimate.
   *
   * @param size estimates a function, never too low
   * @param budget the largest estimate of what can be split
   * @param limit the largest estimate that is allowed at all: a kernel whose sums are locals from
   *     its first statement to its last cannot be cut
   */
  public SplitLargeFunctions(ToIntFunction<LoopFunction> size, int budget, int limit) {
    this.size = size;
    this.budget = budget;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "split-large-functions";
  }

  /**
   * Splits.
   *
   * @throws InternalCompilerError naming a function that cannot be brought within the limit
   */
  @Override
  public LoopProgram apply(LoopProgram program) {
    if (program.functions().stream().allMatch(function -> size.applyAsInt(function) <= budget)) {
      return program;
    }
    Set<String> names = new HashSet<>();
    program.functions().forEach(function -> names.add(function.name()));
    List<LoopFunction> functions = new ArrayList<>();
    for (LoopFunction function : program.functions()) {
      split(function, names, functions);
    }
    return program.withFunctions(functions);
  }

  /** Adds the function to the list, after the parts that it calls. */
  private void split(LoopFunction function, Set<String> names, List<LoopFunction> functions) {
    LoopFunction current = function;
    FunctionSplitter splitter = new FunctionSplitter(function, names, size, budget, functions);
    int currentSize = size.applyAsInt(current);
    while (currentSize > budget) {
      current = splitter.shrink(current);
      int smaller = size.applyAsInt(current);
      if (smaller >= currentSize && smaller <= limit) {
        break;
      }
      if (smaller >= currentSize) {
        throw new InternalCompilerError(
            "function "
                + function.name()
                + " cannot be split: a part of it stays at "
                + smaller
                + ", above the limit of "
                + limit);
      }
      currentSize = smaller;
    }
    functions.add(current);
  }
}
