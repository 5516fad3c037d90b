package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;

/**
 * Small programs over four shared buffers {@code a, b, c, out} of one row of {@link #LENGTH}, a
 * model buffer {@code weights} and a worker buffer {@code local} of several rows.
 */
public final class TestPrograms {
  /** Elements that programs compute: no multiple of any number of lanes. */
  public static final int COUNT = 37;

  /** Floats a row: room for the last round of a vector loop. */
  public static final int LENGTH = COUNT + ValueType.MAX_LANES;

  public static final int MAX_IMAGES = 5;

  public static final Buffer A = new Buffer("a", Buffer.Scope.SHARED, 1, LENGTH);
  public static final Buffer B = new Buffer("b", Buffer.Scope.SHARED, 1, LENGTH);
  public static final Buffer C = new Buffer("c", Buffer.Scope.SHARED, 1, LENGTH);
  public static final Buffer OUT = new Buffer("out", Buffer.Scope.SHARED, 1, LENGTH);
  public static final Buffer WEIGHTS = new Buffer("weights", Buffer.Scope.MODEL, 3, LENGTH);
  public static final Buffer LOCAL = new Buffer("local", Buffer.Scope.WORKER, 4, LENGTH);

  /** For several results, a row each. */
  public static final Buffer RESULTS = new Buffer("results", Buffer.Scope.SHARED, 6, LENGTH);

  public static final Buffer SINGLE = new Buffer("single", Buffer.Scope.WORKER, 1, LENGTH);

  public static final IndexVar TASK = new IndexVar("task", 0, 0);
  public static final IndexVar N = new IndexVar("n", 1, MAX_IMAGES);
  public static final IndexVar I = new IndexVar("i", 0, COUNT - 1);

  private TestPrograms() {}

  /** A program of one phase with one task, which does this. */
  public static LoopProgram program(Stmt... body) {
    return program(List.of(), body);
  }

  /** As above, with functions that the body may call. */
  public static LoopProgram program(List<LoopFunction> callees, Stmt... body) {
    List<LoopFunction> functions = new ArrayList<>(callees);
    functions.add(function("step", body));
    return program(functions, List.of(new Phase("step", "step", 1)));
  }

  public static LoopProgram program(List<LoopFunction> functions, List<Phase> phases) {
    List<Buffer> buffers = List.of(A, WEIGHTS, LOCAL, B, C, SINGLE, RESULTS, OUT);
    return new LoopProgram("test", MAX_IMAGES, buffers, functions, phases);
  }

  /** A function of a phase with one task. */
  public static LoopFunction function(String name, Stmt... body) {
    return function(name, TASK, body);
  }

  public static LoopFunction function(String name, IndexVar task, Stmt... body) {
    List<Parameter> parameters = List.of(new Parameter.Integer(task), new Parameter.Integer(N));
    return new LoopFunction(name, parameters, Block.of(body), "", 7);
  }

  /** {@code out[i] = value} for all i. */
  public static Stmt forAll(Expr value) {
    return forAll(row(OUT), value);
  }

  /** {@code target[i] = value} for all i. */
  public static Stmt forAll(ArrayRef target, Expr value) {
    For.Kind kind = value.type() == ValueType.VECTOR ? For.Kind.VECTOR : For.Kind.SERIAL;
    Stmt store = new Store(target, I, value);
    return new For(I, Index.of(0), Index.of(COUNT), kind, Block.of(store));
  }

  /** Values into rows of {@link #RESULTS}, one after the other. */
  public static Stmt[] results(Stream<Expr> values) {
    List<Expr> list = values.toList();
    return IntStream.range(0, list.size())
        .mapToObj(row -> forAll(new BufferRow(RESULTS, Index.of(row)), list.get(row)))
        .toArray(Stmt[]::new);
  }

  public static ArrayRef row(Buffer buffer) {
    return new BufferRow(buffer, Index.of(0));
  }

  /** Element i. */
  public static Expr load(Buffer buffer, ValueType type) {
    return new Load(row(buffer), I, type);
  }

  public static Expr load(Buffer buffer) {
    return load(buffer, ValueType.SCALAR);
  }
}
