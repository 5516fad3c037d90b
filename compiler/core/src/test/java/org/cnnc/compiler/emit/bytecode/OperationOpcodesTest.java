package org.cnnc.compiler.emit.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.emit.MethodNames;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;
import org.cnnc.compiler.loop.Unary;
import org.junit.jupiter.api.Test;

class OperationOpcodesTest {
  @Test
  void everyOperationIsEitherAnInstructionOrAMethod() {
    assertThat(Binary.Op.values())
        .allMatch(
            op -> OperationOpcodes.BINARY.containsKey(op) == (MethodNames.ofMath(op) == null));
    assertThat(Unary.Op.values())
        .allMatch(op -> OperationOpcodes.UNARY.containsKey(op) == (MethodNames.ofMath(op) == null));
    assertThat(OperationOpcodes.COMPARISONS).containsOnlyKeys(Comparison.values());
  }
}
