package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What makes the body of a vector loop mean the same for any number of lanes: lane i of round x
 * touches the elements of index x + i and no others. So vector accesses move with the loop, element
 * by element; nothing scalar looks at the loop variable; and what one lane stores no other lane
 * touches. (What lies beyond the end of the loop, in the room that the arrays leave, depends on the
 * lanes; that nobody reads it is not checked here.)
 */
final class VectorLoopRules extends LoopWalker {
  private final IndexVar loop;
  private final int extent;
  private final OperandVerifier operands;
  private final Map<String, ArrayRef> origins = new HashMap<>();
  private final Set<String> innerVariables = new HashSet<>();
  private final List<Access> stores = new ArrayList<>();
  private final List<Access> loads = new ArrayList<>();

  private VectorLoopRules(For stmt, OperandVerifier operands) {
    this.loop = stmt.index();
    this.extent = ValueType.roundUpToLanes(loop.max() - loop.min() + 1);
    this.operands = operands;
  }

  /** Checks the whole body. */
  static void check(For stmt, OperandVerifier operands) {
    VectorLoopRules rules = new VectorLoopRules(stmt, operands);
    stmt.body().accept(rules);
    for (Access store : rules.stores) {
      store.index().accept(rules.innerVariablesForbidden());
      rules.stores.forEach(other -> rules.requireSameLane(store, other));
      rules.loads.forEach(load -> rules.requireSameLane(store, load));
    }
  }

  private void requireSameLane(Access store, Access other) {
    FunctionVerifier.check(
        !store.mayMeet(other)
            || store.index().equals(other.index())
            || store.isApartBy(extent, other),
        () -> "another lane may touch what is stored in " + LoopPrinter.print(store.origin()));
  }

  private LoopWalker innerVariablesForbidden() {
    return new LoopWalker() {
      @Override
      public Void visitVar(IndexVar index) {
        FunctionVerifier.check(
            !innerVariables.contains(index.name()),
            () ->
                "the inner `" + index.name() + "` may move a store to the element of another lane");
        return null;
      }
    };
  }

  @Override
  public Void visitFor(For stmt) {
    innerVariables.add(stmt.index().name());
    return super.visitFor(stmt);
  }

  @Override
  public Void visitStore(Store stmt) {
    FunctionVerifier.check(
        stmt.value().type() == ValueType.VECTOR, "a scalar store in a vector loop");
    moves(stmt.index());
    stores.add(new Access(origin(stmt.array()), stmt.index()));
    stmt.array().accept(this);
    return stmt.value().accept(this);
  }

  @Override
  public Void visitLoad(Load expr) {
    loads.add(new Access(origin(expr.array()), expr.index()));
    if (expr.type() == ValueType.VECTOR) {
      moves(expr.index());
      return expr.array().accept(this);
    }
    return super.visitLoad(expr);
  }

  private void moves(Index index) {
    FunctionVerifier.check(
        Advance.of(index, loop) == 1,
        () ->
            "`"
                + LoopPrinter.print(index)
                + "` of a vector access does not advance with `"
                + loop.name()
                + "` one by one");
  }

  @Override
  public Void visitVar(IndexVar index) {
    FunctionVerifier.check(
        !index.name().equals(loop.name()),
        () -> "`" + loop.name() + "` is used outside of the index of a vector access");
    return null;
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    origins.put(stmt.name(), origin(stmt.array()));
    return super.visitLetArray(stmt);
  }

  @Override
  public Void visitLetIndex(LetIndex stmt) {
    innerVariables.add(stmt.variable().name());
    loads.add(new Access(origin(stmt.array()), stmt.place()));
    return super.visitLetIndex(stmt);
  }

  @Override
  public Void visitCopy(Copy stmt) {
    FunctionVerifier.check(false, "a copy in a vector loop");
    return null;
  }

  @Override
  public Void visitFill(Fill stmt) {
    FunctionVerifier.check(false, "a fill in a vector loop");
    return null;
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    FunctionVerifier.check(false, "a call in a vector loop");
    return null;
  }

  private ArrayRef origin(ArrayRef array) {
    return array instanceof ArrayVar variable && origins.containsKey(variable.name())
        ? origins.get(variable.name())
        : operands.origin(array);
  }
}
