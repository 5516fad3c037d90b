package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * The one kernel that convolutions, their gradients and fully connected layers spend their time in,
 * specialised by the number of rows and their length: {@code sum[i] += row0[i] * weight0 + row1[i]
 * * weight1 + ...}, as fused multiply-adds in that order.
 *
 * <p>Every row is an array of its own and all are read at the same index: the form in which C2
 * proves that nothing overlaps and vectorises by itself, on 17 as on 25. A function each, because
 * C2 compiles one hot loop a method best.
 */
final class Kernels {
  private final Map<String, LoopFunction> functions = new LinkedHashMap<>();
  private final UnaryOperator<String> uniqueName;

  /**
   * No kernels yet.
   *
   * @param uniqueName makes a name that no function of the program has
   */
  Kernels(UnaryOperator<String> uniqueName) {
    this.uniqueName = uniqueName;
  }

  /** Adds a function that belongs to one operation; {@code make} gets its name. */
  LoopFunction add(Function<String, LoopFunction> make, String wantedName) {
    LoopFunction function = make.apply(uniqueName.apply(wantedName));
    functions.put(function.name(), function);
    return function;
  }

  /** Rows of sums that a loop adds to: {@code size} from {@code first} on. */
  record Sums(Index first, int size, Function<Index, ArrayRef> row) {
    static Sums of(ArrayRef row) {
      return new Sums(Index.of(0), 1, first -> row);
    }
  }

  /** The float that a row is multiplied with on its way to a sum. */
  interface Weights {
    Expr of(Index sum, Index row);
  }

  /**
   * Calls the kernel for {@code rows.size()} rows of {@code length} floats; made when first asked
   * for.
   */
  Stmt accumulate(ArrayRef sum, List<ArrayRef> rows, List<Expr> weights, int length) {
    return accumulate(List.of(sum), rows, weights, length);
  }

  /** The same for several sums of the same rows; the weights of a sum lie side by side. */
  private Stmt accumulate(
      List<ArrayRef> sums, List<ArrayRef> rows, List<Expr> weights, int length) {
    String each = sums.size() == 1 ? "" : sums.size() + "x";
    String name = "accumulate" + each + rows.size() + "x" + length;
    LoopFunction function =
        functions.computeIfAbsent(
            name,
            key -> accumulateFunction(uniqueName.apply(key), sums.size(), rows.size(), length));
    List<Argument> arguments = new ArrayList<>();
    sums.forEach(sum -> arguments.add(new Argument.Array(sum)));
    rows.forEach(row -> arguments.add(new Argument.Array(row)));
    weights.forEach(weight -> arguments.add(new Argument.Scalar(weight)));
    return new Invoke(function.name(), arguments);
  }

  /**
   * Calls the kernel for one sum and the rows and weights of the {@code size} positions from {@code
   * first} on.
   */
  Stmt accumulateTile(
      ArrayRef sum,
      Index first,
      int size,
      Function<Index, ArrayRef> rowAt,
      Function<Index, Expr> weightAt,
      int length) {
    return accumulateTile(Sums.of(sum), first, size, rowAt, (only, k) -> weightAt.apply(k), length);
  }

  /** The same for several sums. */
  Stmt accumulateTile(
      Sums sums,
      Index first,
      int size,
      Function<Index, ArrayRef> rowAt,
      Weights weights,
      int length) {
    List<ArrayRef> targets = new ArrayList<>();
    List<ArrayRef> rows = new ArrayList<>();
    List<Expr> factors = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      rows.add(rowAt.apply(first.plus(t)));
    }
    for (int s = 0; s < sums.size(); s++) {
      Index sum = sums.first().plus(s);
      targets.add(sums.row().apply(sum));
      for (int t = 0; t < size; t++) {
        factors.add(weights.of(sum, first.plus(t)));
      }
    }
    return accumulate(targets, rows, factors, length);
  }

  List<LoopFunction> functions() {
    return List.copyOf(functions.values());
  }

  private static LoopFunction accumulateFunction(String name, int sums, int rows, int length) {
    List<Parameter> parameters = new ArrayList<>();
    for (int s = 0; s < sums; s++) {
      parameters.add(new Parameter.Array(sum(s, sums), length));
    }
    for (int r = 0; r < rows; r++) {
      parameters.add(new Parameter.Array("row" + r, length));
    }
    IndexVar index = new IndexVar("i", 0, length - 1);
    List<Stmt> body = new ArrayList<>();
    List<Expr> elements = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      Expr element = new Load(new ArrayVar("row" + r, length), index, ValueType.SCALAR);
      if (sums == 1) {
        elements.add(element);
      } else {
        body.add(new Let("element" + r, element));
        elements.add(new Var("element" + r, ValueType.SCALAR));
      }
    }
    for (int s = 0; s < sums; s++) {
      ArrayVar sum = new ArrayVar(sum(s, sums), length);
      Expr value = new Load(sum, index, ValueType.SCALAR);
      for (int r = 0; r < rows; r++) {
        Parameter.Scalar weight = new Parameter.Scalar("weight" + (s * rows + r));
        parameters.add(weight);
        value = new Fma(elements.get(r), weight.variable(), value);
      }
      body.add(new Store(sum, index, value));
    }
    Stmt loop = For.serial(index, Index.of(length), Loops.block(body));
    return new LoopFunction(name, parameters, Block.of(loop), comment(sums, rows, length), 0);
  }

  private static String sum(int number, int sums) {
    return sums == 1 ? "sum" : "sum" + number;
  }

  private static String comment(int sums, int rows, int length) {
    return "Adds "
        + rows
        + (rows == 1 ? " row" : " rows")
        + " of "
        + length
        + ", each times its weight"
        + (sums == 1 ? "." : ", to each of " + sums + " sums.");
  }
}
