package org.cnnc.compiler.loop;

/** A function of the numeric runtime, one definition for all targets. Scalar only, for now. */
public record IntrinsicCall(Intrinsic function, Expr argument) implements Expr {
  /** The functions; their definition and error bounds are in the runtime. */
  public enum Intrinsic {
    EXP,
    LOG,
    TANH
  }

  public IntrinsicCall {
    if (argument.type() != ValueType.SCALAR) {
      throw new IllegalArgumentException(function + " of a vector");
    }
  }

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitIntrinsicCall(this);
  }
}
