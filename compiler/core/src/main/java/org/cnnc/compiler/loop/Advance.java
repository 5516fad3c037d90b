package org.cnnc.compiler.loop;

/** By how much an index grows when a loop variable grows by one. */
public final class Advance implements Index.Visitor<Integer> {
  /** The answer when that varies, or is neither 0 nor 1. */
  public static final int VARIES = -1;

  private final IndexVar loop;

  private Advance(IndexVar loop) {
    this.loop = loop;
  }

  /** 0, 1 or {@link #VARIES}. */
  public static int of(Index index, IndexVar loop) {
    return index.accept(new Advance(loop));
  }

  @Override
  public Integer visitConst(IndexConst index) {
    return 0;
  }

  @Override
  public Integer visitVar(IndexVar index) {
    return index.name().equals(loop.name()) ? 1 : 0;
  }

  @Override
  public Integer visitSum(IndexSum index) {
    int left = index.left().accept(this);
    int right = index.right().accept(this);
    return left == VARIES || right == VARIES || left + right > 1 ? VARIES : left + right;
  }

  @Override
  public Integer visitProduct(IndexProduct index) {
    int inner = index.index().accept(this);
    return inner == 0 ? 0 : inner == 1 && index.factor() == 1 ? 1 : VARIES;
  }

  @Override
  public Integer visitQuotient(IndexQuotient index) {
    return zeroOrVaries(index.index());
  }

  @Override
  public Integer visitRemainder(IndexRemainder index) {
    return zeroOrVaries(index.index());
  }

  @Override
  public Integer visitMinimum(IndexMinimum index) {
    return zeroOrVaries(index.left()) == 0 ? zeroOrVaries(index.right()) : VARIES;
  }

  private int zeroOrVaries(Index index) {
    return index.accept(this) == 0 ? 0 : VARIES;
  }
}
