package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;
import org.cnnc.compiler.loop.Unary;
import org.junit.jupiter.api.Test;

/** Every operation has a method of the JDK where it needs one. */
class OperationTablesTest {
  private static List<String> methodsOf(String type) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(type).getMethods()).map(Method::getName).toList();
  }

  @Test
  void vectorOperationsAreMethodsOfFloatVector() throws ClassNotFoundException {
    List<String> methods = methodsOf("jdk.incubator.vector.FloatVector");
    assertThat(Binary.Op.values()).allMatch(op -> methods.contains(MethodNames.ofVector(op)));
    assertThat(Unary.Op.values()).allMatch(op -> methods.contains(MethodNames.ofVector(op)));
  }

  @Test
  void vectorComparisonsAreConstants() throws ReflectiveOperationException {
    Class<?> operators = Class.forName("jdk.incubator.vector.VectorOperators");
    for (Comparison comparison : Comparison.values()) {
      assertThat(operators.getField(MethodNames.ofVector(comparison)).getType().getSimpleName())
          .isEqualTo("Comparison");
    }
  }

  @Test
  void scalarMethodsAreMethodsOfMath() throws ClassNotFoundException {
    List<String> methods = methodsOf("java.lang.Math");
    assertThat(Binary.Op.values())
        .extracting(MethodNames::ofMath)
        .allMatch(name -> name == null || methods.contains(name));
    assertThat(Unary.Op.values())
        .extracting(MethodNames::ofMath)
        .allMatch(name -> name == null || methods.contains(name));
  }
}
