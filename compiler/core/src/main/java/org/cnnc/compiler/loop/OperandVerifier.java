package org.cnnc.compiler.loop;

import static org.cnnc.compiler.loop.FunctionVerifier.check;

import java.util.Map;

/**
 * Checks expressions, indices and arrays: names, types, and that accesses are in bounds. Most types
 * are checked by the constructors of the nodes.
 */
final class OperandVerifier extends LoopWalker {
  private final Scope<Symbol> scope;
  private final Map<String, Buffer> buffers;

  /** How many elements a vector access may touch from its index on; 0 outside of vector loops. */
  private int vectorReach;

  OperandVerifier(Scope<Symbol> scope, Map<String, Buffer> buffers) {
    this.scope = scope;
    this.buffers = buffers;
  }

  /** To be called on entering a vector loop, and with 0 on leaving it. */
  void setVectorReach(int elements) {
    vectorReach = elements;
  }

  void verifyElement(ArrayRef array, Index index, ValueType type) {
    check(
        type == ValueType.SCALAR || vectorReach > 0,
        "a vector access outside of a vector loop depends on the lanes");
    verifyRange(array, index, type == ValueType.SCALAR ? 1 : vectorReach);
  }

  /** The elements {@code index .. index + count - 1} are elements of the array. */
  void verifyRange(ArrayRef array, Index index, int count) {
    array.accept(this);
    index.accept(this);
    long last = index.max() + (count - 1L);
    check(
        index.min() >= 0 && last < array.length(),
        () ->
            "elements "
                + range(index.min(), last)
                + " of "
                + LoopPrinter.print(array)
                + ", which has "
                + array.length());
  }

  static String range(int min, long max) {
    return min + ".." + (max + 1);
  }

  /** The row of a buffer, or the parameter, that an array variable stands for. */
  ArrayRef origin(ArrayRef array) {
    if (array instanceof ArrayVar variable
        && scope.find(variable.name()).orElse(null) instanceof Symbol.OfArray symbol) {
      return symbol.origin();
    }
    return array;
  }

  private Symbol declared(String name) {
    return scope
        .find(name)
        .orElseThrow(() -> new IllegalStateException("`" + name + "` is not declared"));
  }

  @Override
  public Void visitBufferRow(BufferRow array) {
    Buffer buffer = array.buffer();
    Index row = array.row();
    check(
        buffer.equals(buffers.get(buffer.name())),
        () -> "buffer `" + LoopPrinter.print(buffer) + "` is not declared");
    row.accept(this);
    check(
        row.min() >= 0 && row.max() < buffer.rows(),
        () ->
            "rows "
                + range(row.min(), row.max())
                + " of "
                + buffer.name()
                + ", which has "
                + buffer.rows());
    check(
        !buffer.isSingleRow() || row instanceof IndexConst,
        "the row of a single-row buffer must be the constant 0");
    return null;
  }

  @Override
  public Void visitArrayVar(ArrayVar variable) {
    Symbol symbol = declared(variable.name());
    check(symbol instanceof Symbol.OfArray, () -> "`" + variable.name() + "` is not an array");
    int length = ((Symbol.OfArray) symbol).variable().length();
    check(
        length == variable.length(),
        () -> "`" + variable.name() + "` has " + length + " elements, not " + variable.length());
    return null;
  }

  @Override
  public Void visitVar(IndexVar index) {
    Symbol symbol = declared(index.name());
    check(symbol instanceof Symbol.OfIndex, () -> "`" + index.name() + "` is not an index");
    IndexVar variable = ((Symbol.OfIndex) symbol).variable();
    check(
        variable.equals(index),
        () ->
            "`"
                + index.name()
                + "` lies in "
                + range(variable.min(), variable.max())
                + ", but is used as in "
                + range(index.min(), index.max()));
    return null;
  }

  @Override
  public Void visitVar(Var expr) {
    Symbol symbol = declared(expr.name());
    check(symbol instanceof Symbol.OfValue, () -> "`" + expr.name() + "` is not a float");
    ValueType type = ((Symbol.OfValue) symbol).type();
    check(
        type == expr.type(),
        () -> "`" + expr.name() + "` is a " + type + ", used as a " + expr.type());
    return null;
  }

  @Override
  public Void visitIndexBits(IndexBits expr) {
    Index index = expr.index();
    check(index.min() >= 0, () -> "the bits of " + range(index.min(), index.max()));
    return super.visitIndexBits(expr);
  }

  @Override
  public Void visitLoad(Load expr) {
    verifyElement(expr.array(), expr.index(), expr.type());
    return null;
  }
}
