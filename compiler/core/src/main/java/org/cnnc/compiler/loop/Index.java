package org.cnnc.compiler.loop;

/**
 * An integer expression over loop variables, used for rows, element indices and loop bounds. Every
 * index knows the range of its values; that is how accesses are proved in bounds. Build with the
 * methods here: they fold constants.
 */
public sealed interface Index
    permits IndexConst,
        IndexVar,
        IndexSum,
        IndexProduct,
        IndexQuotient,
        IndexRemainder,
        IndexMinimum {

  /** Smallest value this expression can take. */
  int min();

  /** Largest value this expression can take. */
  int max();

  <R> R accept(Visitor<R> visitor);

  /** One method a node kind; adding a kind breaks every visitor. */
  interface Visitor<R> {
    R visitConst(IndexConst index);

    R visitVar(IndexVar index);

    R visitSum(IndexSum index);

    R visitProduct(IndexProduct index);

    R visitQuotient(IndexQuotient index);

    R visitRemainder(IndexRemainder index);

    R visitMinimum(IndexMinimum index);
  }

  static Index of(int value) {
    return new IndexConst(value);
  }

  /** {@code this + other}. */
  default Index plus(Index other) {
    if (this instanceof IndexConst a && other instanceof IndexConst b) {
      return of(Math.addExact(a.value(), b.value()));
    }
    if (this instanceof IndexConst a && a.value() == 0) {
      return other;
    }
    if (other instanceof IndexConst b) {
      if (b.value() == 0) {
        return this;
      }
      if (this instanceof IndexSum sum && sum.right() instanceof IndexConst c) {
        return sum.left().plus(Math.addExact(c.value(), b.value()));
      }
    }
    if (this instanceof IndexConst) {
      return other.plus(this);
    }
    return new IndexSum(this, other);
  }

  /** {@code this + constant}. */
  default Index plus(int constant) {
    return plus(of(constant));
  }

  /** {@code this * factor}. */
  default Index times(int factor) {
    if (this instanceof IndexConst a) {
      return of(Math.multiplyExact(a.value(), factor));
    }
    if (factor == 0) {
      return of(0);
    }
    return factor == 1 ? this : new IndexProduct(this, factor);
  }

  /** {@code this / divisor}, for values that are not negative. */
  default Index dividedBy(int divisor) {
    if (this instanceof IndexConst a) {
      return of(a.value() / divisor);
    }
    return divisor == 1 ? this : new IndexQuotient(this, divisor);
  }

  /** {@code this % divisor}, for values that are not negative. */
  default Index remainder(int divisor) {
    if (this instanceof IndexConst a) {
      return of(a.value() % divisor);
    }
    return divisor == 1 ? of(0) : new IndexRemainder(this, divisor);
  }

  /** {@code Math.min(this, other)}. */
  default Index minimum(Index other) {
    if (max() <= other.min()) {
      return this;
    }
    return other.max() <= min() ? other : new IndexMinimum(this, other);
  }
}
