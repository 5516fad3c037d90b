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
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;

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

  /**
   * Calls the kernel for {@code rows.size()} rows of {@code length} floats; made when first asked
   * for.
   */
  Stmt accumulate(ArrayRef sum, List<ArrayRef> rows, List<Expr> weights, int length) {
    String name = "accumulate" + rows.size() + "x" + length;
    functions.computeIfAbsent(name, key -> accumulateFunction(key, rows.size(), length));
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument.Array(sum));
    rows.forEach(row -> arguments.add(new Argument.Array(row)));
    weights.forEach(weight -> arguments.add(new Argument.Scalar(weight)));
    return new Invoke(name, arguments);
  }

  /**
   * Calls the kernel for the rows and weights of the {@code size} positions from {@code first} on.
   */
  Stmt accumulateTile(
      ArrayRef sum,
      Index first,
      int size,
      Function<Index, ArrayRef> rowAt,
      Function<Index, Expr> weightAt,
      int length) {
    List<ArrayRef> rows = new ArrayList<>();
    List<Expr> weights = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      rows.add(rowAt.apply(first.plus(t)));
      weights.add(weightAt.apply(first.plus(t)));
    }
    return accumulate(sum, rows, weights, length);
  }

  List<LoopFunction> functions() {
    return List.copyOf(functions.values());
  }

  private static LoopFunction accumulateFunction(String name, int rows, int length) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(new Parameter.Array("sum", length));
    for (int r = 0; r < rows; r++) {
      parameters.add(new Parameter.Array("row" + r, length));
    }
    IndexVar index = new IndexVar("i", 0, length - 1);
    ArrayVar sum = new ArrayVar("sum", length);
    Expr value = new Load(sum, index, ValueType.SCALAR);
    for (int r = 0; r < rows; r++) {
      Parameter.Scalar weight = new Parameter.Scalar("weight" + r);
      parameters.add(weight);
      Expr element = new Load(new ArrayVar("row" + r, length), index, ValueType.SCALAR);
      value = new Fma(element, weight.variable(), value);
    }
    Stmt loop = For.serial(index, Index.of(length), new Store(sum, index, value));
    String comment =
        "Adds "
            + rows
            + (rows == 1 ? " row" : " rows")
            + " of "
            + length
            + ", each times its weight.";
    return new LoopFunction(name, parameters, Block.of(loop), comment, 0);
  }
}
