package org.cnnc.compiler.loop;

/**
 * A float expression without side effects. Float arithmetic is IEEE 754 single precision, round to
 * nearest, never reordered or contracted: what the interpreter computes is what every target must
 * compute, bit for bit. On {@link ValueType#VECTOR} every operation acts lane by lane.
 */
public sealed interface Expr
    permits Const,
        Var,
        Load,
        Unary,
        Binary,
        Fma,
        Select,
        Broadcast,
        IntrinsicCall,
        IndexToFloat,
        IndexBits {

  ValueType type();

  <R> R accept(Visitor<R> visitor);

  /** One method a node kind; adding a kind breaks every visitor. */
  interface Visitor<R> {
    R visitConst(Const expr);

    R visitVar(Var expr);

    R visitLoad(Load expr);

    R visitUnary(Unary expr);

    R visitBinary(Binary expr);

    R visitFma(Fma expr);

    R visitSelect(Select expr);

    R visitBroadcast(Broadcast expr);

    R visitIntrinsicCall(IntrinsicCall expr);

    R visitIndexToFloat(IndexToFloat expr);

    R visitIndexBits(IndexBits expr);
  }
}
