package org.cnnc.compiler.transform;

import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/** Small programs for the tests of passes: one function over an input and an output. */
final class PassPrograms {
  static final Buffer IN = new Buffer("in", Buffer.Scope.SHARED, 1, 1000);
  static final Buffer OUT = new Buffer("out", Buffer.Scope.SHARED, 1, 1000);
  static final ArrayRef IN_ROW = new BufferRow(IN, Index.of(0));
  static final ArrayRef OUT_ROW = new BufferRow(OUT, Index.of(0));
  static final IndexVar TASK = new IndexVar("task", 0, 0);
  static final IndexVar N = new IndexVar("n", 1, 2);

  private PassPrograms() {}

  static LoopProgram of(Stmt... body) {
    LoopFunction work =
        new LoopFunction(
            "work",
            List.of(new Parameter.Integer(TASK), new Parameter.Integer(N)),
            Block.of(body),
            "the work",
            3);
    return new LoopProgram(
        "test", 2, List.of(IN, OUT), List.of(work), List.of(new Phase("all", "work", 1)));
  }

  static Load in(Index index) {
    return new Load(IN_ROW, index, ValueType.SCALAR);
  }

  static Load in(int index) {
    return in(Index.of(index));
  }

  static Var scalar(String name) {
    return new Var(name, ValueType.SCALAR);
  }

  static Expr constant(float value) {
    return new Const(value);
  }

  /** The statements of the last function. */
  static String bodyOf(LoopProgram program) {
    List<LoopFunction> functions = program.functions();
    return LoopPrinter.print(functions.get(functions.size() - 1).body());
  }

  static String functionsOf(LoopProgram program) {
    StringBuilder text = new StringBuilder();
    program.functions().forEach(function -> text.append(LoopPrinter.print(function)));
    return text.toString();
  }
}
