package org.cnnc.compiler.loop;

/** Writes an {@link Index} with no more parentheses than its structure needs. */
final class IndexText implements Index.Visitor<String> {
  private static final IndexText INSTANCE = new IndexText();

  private IndexText() {}

  static String of(Index index) {
    return index.accept(INSTANCE);
  }

  @Override
  public String visitConst(IndexConst index) {
    return Integer.toString(index.value());
  }

  @Override
  public String visitVar(IndexVar index) {
    return index.name();
  }

  @Override
  public String visitSum(IndexSum index) {
    String left = of(index.left());
    if (index.right() instanceof IndexConst right && right.value() < 0) {
      return left + " - " + -(long) right.value();
    }
    return left
        + " + "
        + (index.right() instanceof IndexSum ? bracketed(index.right()) : of(index.right()));
  }

  @Override
  public String visitProduct(IndexProduct index) {
    return factor(index.index()) + " * " + index.factor();
  }

  @Override
  public String visitQuotient(IndexQuotient index) {
    return factor(index.index()) + " / " + index.divisor();
  }

  @Override
  public String visitRemainder(IndexRemainder index) {
    return factor(index.index()) + " % " + index.divisor();
  }

  @Override
  public String visitMinimum(IndexMinimum index) {
    return "min(" + of(index.left()) + ", " + of(index.right()) + ")";
  }

  private static String factor(Index index) {
    return index instanceof IndexSum ? bracketed(index) : of(index);
  }

  private static String bracketed(Index index) {
    return "(" + of(index) + ")";
  }
}
