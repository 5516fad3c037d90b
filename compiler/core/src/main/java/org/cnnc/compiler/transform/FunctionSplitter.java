package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.Stmt;

/** Splits one function; see {@link SplitLargeFunctions}. */
final class FunctionSplitter {
  /** Far below the JVM's 255 slots: a call with more arguments costs more than it saves. */
  private static final int MAX_PARAMETERS = 100;

  private final LoopFunction function;
  private final Set<String> names;
  private final ToIntFunction<LoopFunction> size;
  private final int budget;
  private final List<LoopFunction> parts;
  private int number;

  /**
   * A splitter for one function.
   *
   * @param names of all functions of the program; those of new ones are added
   * @param parts where new functions go
   */
  FunctionSplitter(
      LoopFunction function,
      Set<String> names,
      ToIntFunction<LoopFunction> size,
      int budget,
      List<LoopFunction> parts) {
    this.function = function;
    this.names = names;
    this.size = size;
    this.budget = budget;
    this.parts = parts;
  }

  /** The function with less in it; itself within the budget if that is possible in one round. */
  LoopFunction shrink(LoopFunction current) {
    return current.withBody(
        shrink(current.body(), body -> size.applyAsInt(current.withBody(body)) <= budget));
  }

  /**
   * Shrinks statements that are too large by themselves, then moves runs out of the block, each as
   * long as it may be, until the block fits. What cannot be moved, say a loop that assigns a local
   * around it, is emptied last.
   */
  private Block shrink(Block block, Predicate<Block> fits) {
    List<Stmt> statements = new ArrayList<>();
    for (Stmt stmt : block.statements()) {
      Predicate<Block> fitsAsBody = body -> sizeOf(List.of(withBody(stmt, body))) <= budget;
      statements.add(sizeOf(List.of(stmt)) > budget ? shrinkInside(stmt, fitsAsBody) : stmt);
    }
    moveRuns(statements, fits);
    for (int i = 0; i < statements.size() && !fits.test(new Block(statements)); i++) {
      statements.set(i, shrinkInside(statements.get(i), body -> false));
    }
    return new Block(statements);
  }

  private void moveRuns(List<Stmt> statements, Predicate<Block> fits) {
    int begin = 0;
    while (begin < statements.size() && !fits.test(new Block(statements))) {
      int end = endOfRun(statements, begin);
      if (end > begin) {
        List<Stmt> run = statements.subList(begin, end);
        Stmt call = moveOut(run);
        run.clear();
        statements.add(begin, call);
      }
      begin++;
    }
  }

  private Stmt shrinkInside(Stmt stmt, Predicate<Block> fits) {
    return bodyOf(stmt).map(body -> withBody(stmt, shrink(body, fits))).orElse(stmt);
  }

  /** What can be cut into: the body of a block or of a loop over scalars. */
  private static Optional<Block> bodyOf(Stmt stmt) {
    if (stmt instanceof Block block) {
      return Optional.of(block);
    }
    return stmt instanceof For loop && loop.kind() != For.Kind.VECTOR
        ? Optional.of(loop.body() instanceof Block block ? block : Block.of(loop.body()))
        : Optional.empty();
  }

  private static Stmt withBody(Stmt stmt, Block body) {
    return stmt instanceof For loop
        ? new For(loop.index(), loop.begin(), loop.end(), loop.kind(), body)
        : body;
  }

  /** The end of the longest run from {@code begin} that can and should be moved; else begin. */
  private int endOfRun(List<Stmt> statements, int begin) {
    for (int end = endOfFitting(statements, begin); end > begin; end--) {
      List<Stmt> run = statements.subList(begin, end);
      if (canMove(run, statements.subList(end, statements.size())) && saves(run)) {
        return end;
      }
    }
    return begin;
  }

  /**
   * The end of the longest run from {@code begin} within the budget: the run doubles until it is
   * too large, then the last doubling is halved. A longer run is never smaller.
   */
  private int endOfFitting(List<Stmt> statements, int begin) {
    int fitting = begin;
    int step = 1;
    while (fits(statements, begin, fitting + step)) {
      fitting += step;
      step *= 2;
    }
    for (; step > 0; step /= 2) {
      if (fits(statements, begin, fitting + step)) {
        fitting += step;
      }
    }
    return fitting;
  }

  private boolean fits(List<Stmt> statements, int begin, int end) {
    return end <= statements.size() && sizeOf(statements.subList(begin, end)) <= budget;
  }

  private boolean canMove(List<Stmt> run, List<Stmt> later) {
    CapturedNames captured = CapturedNames.of(run);
    if (!captured.canBePassed() || captured.parameters().size() > MAX_PARAMETERS) {
      return false;
    }
    Set<String> bound = NamesOf.boundDirectlyIn(run);
    return bound.isEmpty() || Collections.disjoint(bound, CapturedNames.of(later).names());
  }

  /** Whether the call is smaller than what it stands for. */
  private boolean saves(List<Stmt> run) {
    return sizeOf(run) > sizeOf(List.of(call("part", CapturedNames.of(run))));
  }

  private Invoke call(String name, CapturedNames captured) {
    return new Invoke(name, captured.arguments());
  }

  private Invoke moveOut(List<Stmt> run) {
    CapturedNames captured = CapturedNames.of(run);
    LoopFunction part = part(nextName(), List.copyOf(run));
    parts.add(part);
    return call(part.name(), captured);
  }

  private String nextName() {
    String name;
    do {
      number++;
      name = function.name() + "_part" + number;
    } while (!names.add(name));
    return name;
  }

  private LoopFunction part(String name, List<Stmt> run) {
    String comment = function.comment().isEmpty() ? "" : function.comment() + ", part " + number;
    return new LoopFunction(
        name, CapturedNames.of(run).parameters(), new Block(run), comment, function.line());
  }

  private int sizeOf(List<Stmt> run) {
    return size.applyAsInt(part("part", run));
  }
}
