package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator;

/**
 * A layer of the language: what it can be told, what it takes, and which operator it becomes.
 *
 * @param inputRank what it can be applied to
 * @param factory makes the operator
 */
public record LayerSignature(Signature signature, InputRank inputRank, Factory factory) {
  /** Makes the operator of one use of the layer. */
  @FunctionalInterface
  interface Factory {
    /** The operator; empty, and reported, where the attributes do not fit the input. */
    Optional<Operator> create(LayerContext context);
  }

  /** As it is written. */
  public String name() {
    return signature.name();
  }

  public List<Attribute<?>> attributes() {
    return signature.attributes();
  }
}
