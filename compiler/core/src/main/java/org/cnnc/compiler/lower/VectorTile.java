package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * The kernel that convolutions and their gradients spend their time in, on vectors: {@code size}
 * sums stay in registers while loops go over what is summed. Each round loads one vector and {@code
 * size} floats:
 *
 * <pre>
 * for lane in 0 .. lanes:
 *   sum_t = start(t)
 *   for each round of the steps:
 *     sum_t = fma(vectors[lane + ...], scalars[t * scalarPitch + ...], sum_t)
 *   store sum_t
 * </pre>
 *
 * @param size sums
 * @param lanes extent of the loop that runs in lanes
 * @param steps the loops of the sum, outermost first
 * @param vectors array that vectors are read from, beginning at {@code vectorStart}
 * @param scalars array that floats are read from, beginning at {@code scalarStart}
 * @param scalarPitch from the float of one sum to that of the next
 */
record VectorTile(
    int size,
    int lanes,
    List<Step> steps,
    ArrayRef vectors,
    Index vectorStart,
    ArrayRef scalars,
    Index scalarStart,
    int scalarPitch) {

  /** One loop of the sum, and how far it moves the two operands. */
  record Step(String name, int extent, int vectorStride, int scalarStride) {}

  /** Where the vector of one sum goes, at the index of the lane. */
  interface Place {
    ArrayRef array(int sum);
  }

  /** The loops; {@code start} is the first value of a sum at the index of the lane. */
  Stmt loops(IntFunction<Expr> start, Index targetStart, Place target) {
    return lanesLoop((lane, sum) -> start.apply(sum), targetStart, target);
  }

  /** The loops, adding to what the target holds. */
  Stmt loopsAdding(Index targetStart, Place target) {
    return lanesLoop(
        (lane, sum) -> new Load(target.array(sum), targetStart.plus(lane), ValueType.VECTOR),
        targetStart,
        target);
  }

  private interface Start {
    Expr of(Index lane, int sum);
  }

  private Stmt lanesLoop(Start start, Index targetStart, Place target) {
    IndexVar lane = new IndexVar("lane", 0, lanes - 1);
    List<Stmt> body = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      body.add(new Let(sum(t).name(), start.of(lane, t)));
    }
    body.add(rounds(0, vectorStart.plus(lane), scalarStart));
    for (int t = 0; t < size; t++) {
      body.add(new Store(target.array(t), targetStart.plus(lane), sum(t)));
    }
    return new For(lane, Index.of(0), Index.of(lanes), For.Kind.VECTOR, new Block(body));
  }

  private Stmt rounds(int depth, Index vector, Index scalar) {
    if (depth == steps.size()) {
      return round(vector, scalar);
    }
    Step step = steps.get(depth);
    return loop(
        step.name(),
        step.extent(),
        i ->
            rounds(
                depth + 1,
                vector.plus(i.times(step.vectorStride())),
                scalar.plus(i.times(step.scalarStride()))));
  }

  private Stmt round(Index vector, Index scalar) {
    Var in = new Var("in", ValueType.VECTOR);
    List<Stmt> body = new ArrayList<>();
    body.add(new Let(in.name(), new Load(vectors, vector, ValueType.VECTOR)));
    for (int t = 0; t < size; t++) {
      Expr weight = OperationScope.load(scalars, scalar.plus(t * scalarPitch));
      body.add(new Assign(sum(t).name(), new Fma(in, new Broadcast(weight), sum(t))));
    }
    return new Block(body);
  }

  private static Var sum(int number) {
    return new Var("sum" + number, ValueType.VECTOR);
  }
}
