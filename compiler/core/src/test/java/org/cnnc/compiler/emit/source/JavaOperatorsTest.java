package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.emit.MethodNames;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;
import org.cnnc.compiler.loop.Unary;
import org.junit.jupiter.api.Test;

class JavaOperatorsTest {
  @Test
  void everyOperationIsEitherAnOperatorOrAMethod() {
    assertThat(Binary.Op.values())
        .allMatch(op -> JavaOperators.INFIX.containsKey(op) == (MethodNames.ofMath(op) == null));
    assertThat(Unary.Op.values())
        .allMatch(op -> (op == Unary.Op.NEGATE) == (MethodNames.ofMath(op) == null));
    assertThat(JavaOperators.COMPARISONS).containsOnlyKeys(Comparison.values());
  }
}
