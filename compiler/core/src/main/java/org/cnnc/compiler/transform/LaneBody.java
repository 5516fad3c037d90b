package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.loop.Access;
import org.cnnc.compiler.loop.Advance;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/** The body of a loop over single elements as the body of a loop over vectors. */
final class LaneBody extends LoopRewriter {
  private final IndexVar loop;
  private final Set<String> bound = new HashSet<>();

  private LaneBody(IndexVar loop) {
    this.loop = loop;
  }

  /** Whether the rounds of a loop may run in lanes: see {@link VectorizeLoops}. */
  static boolean isIndependent(For stmt, Map<String, ArrayRef> origins) {
    if (!isStraightLine(stmt.body())) {
      return false;
    }
    Independence check = new Independence(stmt.index(), origins);
    stmt.body().accept(check);
    return check.holds();
  }

  /** Names the statements that lanes know, so that any other kind keeps its loop as it is. */
  private static boolean isStraightLine(Stmt stmt) {
    return stmt instanceof Block block
        ? block.statements().stream().allMatch(LaneBody::isStraightLine)
        : stmt instanceof Let || stmt instanceof Assign || stmt instanceof Store;
  }

  /** The body with every element of the loop a vector, and everything else in all lanes. */
  static Stmt of(Stmt body, IndexVar loop) {
    return new LaneBody(loop).rewrite(body);
  }

  private Expr vector(Expr expr) {
    Expr rewritten = rewrite(expr);
    return rewritten.type() == ValueType.VECTOR ? rewritten : new Broadcast(rewritten);
  }

  @Override
  public Stmt visitLet(Let stmt) {
    Let result = new Let(stmt.name(), vector(stmt.value()));
    bound.add(stmt.name());
    return result;
  }

  @Override
  public Stmt visitAssign(Assign stmt) {
    return new Assign(stmt.name(), vector(stmt.value()));
  }

  @Override
  public Stmt visitStore(Store stmt) {
    return new Store(stmt.array(), stmt.index(), vector(stmt.value()));
  }

  @Override
  public Expr visitLoad(Load expr) {
    return Advance.of(expr.index(), loop) == 1
        ? new Load(expr.array(), expr.index(), ValueType.VECTOR)
        : new Broadcast(expr);
  }

  @Override
  public Expr visitConst(Const expr) {
    return new Broadcast(expr);
  }

  @Override
  public Expr visitVar(Var expr) {
    return bound.contains(expr.name())
        ? new Var(expr.name(), ValueType.VECTOR)
        : new Broadcast(expr);
  }

  @Override
  public Expr visitIndexToFloat(IndexToFloat expr) {
    return new Broadcast(expr);
  }

  @Override
  public Expr visitIndexBits(IndexBits expr) {
    return new Broadcast(expr);
  }

  /** Looks for what ties one round of a straight-line body to another. */
  private static final class Independence extends LoopWalker {
    private final IndexVar loop;
    private final Map<String, ArrayRef> origins;
    private final Set<String> bound = new HashSet<>();
    private final List<Access> stores = new ArrayList<>();
    private final List<Access> all = new ArrayList<>();
    private boolean possible = true;

    Independence(IndexVar loop, Map<String, ArrayRef> origins) {
      this.loop = loop;
      this.origins = origins;
    }

    boolean holds() {
      int extent = loop.max() - loop.min() + 1;
      return possible
          && !stores.isEmpty()
          && stores.stream()
              .allMatch(
                  store ->
                      all.stream()
                          .allMatch(
                              other ->
                                  !store.mayMeet(other)
                                      || store.index().equals(other.index())
                                      || store.isApartBy(extent, other)));
    }

    private Void refuse() {
      possible = false;
      return null;
    }

    private Access access(ArrayRef array, Index index) {
      ArrayRef origin =
          array instanceof ArrayVar variable
              ? origins.getOrDefault(variable.name(), variable)
              : array;
      return new Access(origin, index);
    }

    @Override
    public Void visitIntrinsicCall(IntrinsicCall expr) {
      return refuse();
    }

    @Override
    public Void visitLet(Let stmt) {
      bound.add(stmt.name());
      return super.visitLet(stmt);
    }

    @Override
    public Void visitAssign(Assign stmt) {
      return bound.contains(stmt.name()) ? super.visitAssign(stmt) : refuse();
    }

    @Override
    public Void visitStore(Store stmt) {
      if (Advance.of(stmt.index(), loop) != 1) {
        return refuse();
      }
      Access access = access(stmt.array(), stmt.index());
      stores.add(access);
      all.add(access);
      stmt.array().accept(this);
      return stmt.value().accept(this);
    }

    @Override
    public Void visitLoad(Load expr) {
      if (Advance.of(expr.index(), loop) == Advance.VARIES) {
        return refuse();
      }
      all.add(access(expr.array(), expr.index()));
      return expr.array().accept(this);
    }

    @Override
    public Void visitBufferRow(BufferRow row) {
      return Advance.of(row.row(), loop) == 0 ? null : refuse();
    }

    @Override
    public Void visitIndexToFloat(IndexToFloat expr) {
      return Advance.of(expr.index(), loop) == 0 ? null : refuse();
    }

    @Override
    public Void visitIndexBits(IndexBits expr) {
      return Advance.of(expr.index(), loop) == 0 ? null : refuse();
    }
  }
}
