package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.schedule.RowPieces;

/**
 * The kernel that convolutions and their gradients spend their time in, on vectors: {@code size}
 * sums of each piece of a row stay in registers while loops go over what is summed. Each round
 * loads one vector a piece and {@code size} floats:
 *
 * <pre>
 * for lane in 0 .. pieces.pitch:
 *   sum_t_p = start(t)
 *   for each of the rounds:
 *     sum_t_p = fma(vectors[lane + p * pieces.pitch + ...], scalar(t, ...), sum_t_p)
 *   store sum_t_p
 * </pre>
 *
 * @param size sums
 * @param pieces of the row that runs in lanes
 * @param rounds the loops of the sum
 * @param vectors array that vectors are read from, beginning at {@code vectorStart}
 * @param scalars the floats that they are multiplied with
 */
record VectorTile(
    int size,
    RowPieces pieces,
    Rounds rounds,
    ArrayRef vectors,
    Index vectorStart,
    Scalars scalars) {

  /** The floats that the vectors are multiplied with. */
  interface Scalars {
    /**
     * The float of one sum.
     *
     * @param offset as the round says, from where the floats of the first term lie
     */
    Expr at(int sum, Index offset);

    /** What stands before the loops of so many sums. */
    default List<Stmt> before(int sums) {
      return List.of();
    }

    /** Those of an array for each sum, which is looked up once. */
    static Scalars ofArrays(IntFunction<ArrayRef> arrays) {
      return new Scalars() {
        @Override
        public Expr at(int sum, Index offset) {
          return OperationScope.load(new ArrayVar(name(sum), arrays.apply(sum).length()), offset);
        }

        @Override
        public List<Stmt> before(int sums) {
          List<Stmt> bound = new ArrayList<>();
          for (int t = 0; t < sums; t++) {
            bound.add(new LetArray(name(t), arrays.apply(t)));
          }
          return bound;
        }

        private String name(int sum) {
          return "row" + sum;
        }
      };
    }

    /**
     * Those of an array.
     *
     * @param start where the float of the first sum and term lies
     * @param pitch from the float of one sum to that of the next
     */
    static Scalars of(ArrayRef array, Index start, int pitch) {
      return (sum, offset) -> OperationScope.load(array, start.plus(offset).plus(sum * pitch));
    }
  }

  /** Where the vector of one sum goes, at the index of the lane. */
  interface Place {
    ArrayRef array(int sum);

    /** How far from the index of the lane. */
    default int offset(int sum) {
      return 0;
    }
  }

  /** The loops; {@code start} is the first value of a sum at the index of the lane. */
  Stmt loops(IntFunction<Expr> start, Index targetStart, Place target) {
    return loops(start, targetStart, target, StoredValue.SUM);
  }

  /** The same, with what is stored of a sum. */
  Stmt loops(IntFunction<Expr> start, Index targetStart, Place target, StoredValue stored) {
    return lanesLoop((place, sum) -> start.apply(sum), targetStart, target, stored);
  }

  /** The loops, adding to what the target holds. */
  Stmt loopsAdding(Index targetStart, Place target) {
    return lanesLoop(
        (place, sum) -> new Load(target.array(sum), place, ValueType.VECTOR),
        targetStart,
        target,
        StoredValue.SUM);
  }

  private interface Start {
    Expr of(Index place, int sum);
  }

  private interface Element {
    Stmt of(int sum, int piece);
  }

  private Stmt lanesLoop(Start start, Index targetStart, Place target, StoredValue stored) {
    IndexVar lane = new IndexVar("lane", 0, pieces.pitch() - 1);
    List<Stmt> body = new ArrayList<>();
    Index begin = targetStart.plus(lane);
    body.addAll(
        each((t, p) -> new Let(sum(t, p).name(), start.of(placeOf(begin, target, t, p), t))));
    body.add(rounds.each((vector, scalar) -> round(vectorStart.plus(lane).plus(vector), scalar)));
    body.addAll(
        each(
            (t, p) -> {
              Locals locals = new Locals();
              Expr value = stored.of(locals, sum(t, p));
              return locals.finish(new Store(target.array(t), placeOf(begin, target, t, p), value));
            }));
    List<Stmt> all = new ArrayList<>(scalars.before(size));
    all.add(new For(lane, Index.of(0), Index.of(pieces.pitch()), For.Kind.VECTOR, new Block(body)));
    return Loops.block(all);
  }

  private Index placeOf(Index begin, Place target, int sum, int piece) {
    return placeOf(begin, piece).plus(target.offset(sum));
  }

  private Index placeOf(Index first, int piece) {
    return first.plus(piece * pieces.pitch());
  }

  private List<Stmt> each(Element element) {
    List<Stmt> statements = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      for (int p = 0; p < pieces.count(); p++) {
        statements.add(element.of(t, p));
      }
    }
    return statements;
  }

  private Stmt round(Index vector, Index scalar) {
    List<Stmt> body = new ArrayList<>();
    for (int p = 0; p < pieces.count(); p++) {
      body.add(new Let(in(p).name(), new Load(vectors, placeOf(vector, p), ValueType.VECTOR)));
    }
    for (int t = 0; t < size; t++) {
      Var weight = new Var("weight" + t, ValueType.VECTOR);
      body.add(new Let(weight.name(), new Broadcast(scalars.at(t, scalar))));
      for (int p = 0; p < pieces.count(); p++) {
        body.add(new Assign(sum(t, p).name(), new Fma(in(p), weight, sum(t, p))));
      }
    }
    return new Block(body);
  }

  private static Var in(int piece) {
    return new Var("in" + piece, ValueType.VECTOR);
  }

  private Var sum(int number, int piece) {
    return new Var("sum" + (number * pieces.count() + piece), ValueType.VECTOR);
  }
}
