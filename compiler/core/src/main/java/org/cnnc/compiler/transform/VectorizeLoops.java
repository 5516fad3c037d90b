package org.cnnc.compiler.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;

/**
 * Puts the rounds of inner loops into lanes, where no round touches what another one stores. What
 * does not fill the widest vector is left to a loop over single elements.
 *
 * <pre>{@code
 * for i in 0..40:                       vector for i in 0..32:
 *   y[i] = fma(x[i], weight, y[i])  ->    y[i] = fma(x[i], broadcast(weight), y[i])
 *                                       for i in 32..40:
 *                                         y[i] = fma(x[i], weight, y[i])
 * }</pre>
 */
public final class VectorizeLoops implements LoopPass {
  @Override
  public String name() {
    return "vectorize-loops";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    return LoopPass.eachFunction(program, VectorizeLoops::vectorize);
  }

  private static LoopFunction vectorize(LoopFunction function) {
    return new Vectorizer().rewrite(function);
  }

  private static final class Vectorizer extends LoopRewriter {
    /** What the array variables in scope stand for; parameters stand for themselves. */
    private final Map<String, ArrayRef> origins = new HashMap<>();

    @Override
    public Stmt visitLetArray(LetArray stmt) {
      ArrayRef named = stmt.array();
      ArrayRef origin =
          named instanceof ArrayVar variable
              ? origins.getOrDefault(variable.name(), variable)
              : named;
      origins.put(stmt.name(), origin);
      return stmt;
    }

    @Override
    public Stmt visitFor(For stmt) {
      if (stmt.kind() == For.Kind.VECTOR) {
        return stmt;
      }
      if (stmt.kind() == For.Kind.SERIAL
          && stmt.begin() instanceof IndexConst begin
          && stmt.end() instanceof IndexConst end
          && end.value() - begin.value() >= ValueType.MAX_LANES
          && LaneBody.isIndependent(stmt, origins)) {
        return split(stmt, begin.value(), end.value());
      }
      return super.visitFor(stmt);
    }

    private static Stmt split(For stmt, int begin, int end) {
      int middle = end - (end - begin) % ValueType.MAX_LANES;
      For vectors =
          part(stmt, begin, middle, For.Kind.VECTOR, LaneBody.of(stmt.body(), stmt.index()));
      return middle == end
          ? vectors
          : new Block(List.of(vectors, part(stmt, middle, end, For.Kind.SERIAL, stmt.body())));
    }

    private static For part(For stmt, int begin, int end, For.Kind kind, Stmt body) {
      IndexVar narrowed = new IndexVar(stmt.index().name(), begin, end - 1);
      Stmt renamed = new Narrowing(stmt.index(), narrowed).rewrite(body);
      return new For(narrowed, Index.of(begin), Index.of(end), kind, renamed);
    }
  }

  /** Tells a body the new range of its loop's variable. */
  private static final class Narrowing extends LoopRewriter {
    private final IndexVar old;
    private final IndexVar narrowed;

    Narrowing(IndexVar old, IndexVar narrowed) {
      this.old = old;
      this.narrowed = narrowed;
    }

    @Override
    public Index visitVar(IndexVar index) {
      return index.equals(old) ? narrowed : index;
    }
  }
}
