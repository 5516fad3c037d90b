package org.cnnc.compiler.emit.source;

import static org.cnnc.compiler.emit.source.JavaOperators.ADDITIVE;
import static org.cnnc.compiler.emit.source.JavaOperators.MULTIPLICATIVE;
import static org.cnnc.compiler.emit.source.JavaOperators.PRIMARY;

import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexMinimum;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexQuotient;
import org.cnnc.compiler.loop.IndexRemainder;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexVar;

/** Writes index expressions: int arithmetic. */
final class IndexPrinter implements Index.Visitor<Void> {
  private final JavaText text;

  IndexPrinter(JavaText text) {
    this.text = text;
  }

  /** Writes an index where operators of this precedence or higher may stand. */
  void print(Index index, int precedence) {
    if (precedence(index) >= precedence) {
      index.accept(this);
      return;
    }
    text.open();
    index.accept(this);
    text.close();
  }

  private static int precedence(Index index) {
    if (index instanceof IndexSum) {
      return ADDITIVE;
    }
    boolean isMultiplicative =
        index instanceof IndexProduct
            || index instanceof IndexQuotient
            || index instanceof IndexRemainder;
    return isMultiplicative ? MULTIPLICATIVE : PRIMARY;
  }

  @Override
  public Void visitConst(IndexConst index) {
    text.add(Integer.toString(index.value()));
    return null;
  }

  @Override
  public Void visitVar(IndexVar index) {
    text.add(index.name());
    return null;
  }

  @Override
  public Void visitSum(IndexSum index) {
    print(index.left(), ADDITIVE);
    text.space(ADDITIVE);
    if (index.right() instanceof IndexConst offset
        && offset.value() < 0
        && offset.value() > Integer.MIN_VALUE) {
      text.add("- " + -offset.value());
      return null;
    }
    text.add("+ ");
    // Sums of ints may be regrouped: no parentheses on the right either.
    print(index.right(), ADDITIVE);
    return null;
  }

  @Override
  public Void visitProduct(IndexProduct index) {
    return infix(index.index(), "*", index.factor());
  }

  @Override
  public Void visitQuotient(IndexQuotient index) {
    return infix(index.index(), "/", index.divisor());
  }

  @Override
  public Void visitRemainder(IndexRemainder index) {
    return infix(index.index(), "%", index.divisor());
  }

  private Void infix(Index left, String symbol, int right) {
    print(left, MULTIPLICATIVE);
    text.space(MULTIPLICATIVE).add(symbol + " " + right);
    return null;
  }

  @Override
  public Void visitMinimum(IndexMinimum index) {
    text.add(JavaTypes.MATH).add(".min").open();
    print(index.left(), 0);
    text.comma();
    print(index.right(), 0);
    text.close();
    return null;
  }
}
