package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.AveragePool;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.MaxPool;
import org.cnnc.compiler.graph.shape.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerShapeTest {
  /** Shapes as PyTorch's Conv2d, MaxPool2d and AvgPool2d give them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [3, 32, 32] | conv(16, kernel = 3)                               | [16, 30, 30]
          [3, 32, 32] | conv(16, kernel = 3, padding = valid)              | [16, 30, 30]
          [3, 32, 32] | conv(16, kernel = 3, padding = 1)                  | [16, 32, 32]
          [3, 32, 32] | conv(16, kernel = 3, stride = 2, padding = 1)      | [16, 16, 16]
          [3, 33, 31] | conv(16, kernel = 3, stride = 2, padding = 1)      | [16, 17, 16]
          [3, 33, 31] | conv(5, kernel = [3, 5], stride = [2, 3])          | [5, 16, 9]
          [3, 7, 9]   | conv(5, kernel = [7, 9])                           | [5, 1, 1]
          [1, 1, 1]   | conv(1, kernel = 1)                                | [1, 1, 1]
          [1, 1, 1]   | conv(1, kernel = 3, padding = 1)                   | [1, 1, 1]
          [2, 5, 5]   | conv(1, kernel = 2, stride = 4)                    | [1, 1, 1]
          [2, 6, 6]   | conv(1, kernel = 2, stride = 4)                    | [1, 2, 2]
          [2, 5, 5]   | conv(1, kernel = 3, padding = [2, 0])              | [1, 7, 3]
          [2, 5, 5]   | conv(1, kernel = 3, padding = [1, 0, 2, 0])        | [1, 4, 5]
          [2, 5, 5]   | conv(1, kernel = 1, padding = 3)                   | [1, 11, 11]
          [3, 32, 32] | maxpool(2)                                         | [3, 16, 16]
          [3, 33, 31] | maxpool(2)                                         | [3, 16, 15]
          [3, 33, 31] | maxpool(3, stride = 2)                             | [3, 16, 15]
          [3, 33, 31] | maxpool(3, stride = 2, padding = 1)                | [3, 17, 16]
          [3, 33, 31] | avgpool([2, 3])                                    | [3, 16, 10]
          [3, 33, 31] | avgpool(kernel = 2, stride = 1)                    | [3, 32, 30]
          [3, 5, 5]   | avgpool(5)                                         | [3, 1, 1]
          """)
  void shapesFollowPyTorch(String input, String layer, String output) {
    assertThat(node(input, layer).output().shape()).hasToString(output);
  }

  /** {@code same}: as many outputs as strides in the input, rounded up; the smaller half first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1, 8, 8]   | kernel = 1                          | 0,0,0,0 | [1, 8, 8]
          [1, 8, 8]   | kernel = 2                          | 0,1,0,1 | [1, 8, 8]
          [1, 8, 8]   | kernel = 3                          | 1,1,1,1 | [1, 8, 8]
          [1, 8, 8]   | kernel = 4                          | 1,2,1,2 | [1, 8, 8]
          [1, 8, 8]   | kernel = [5, 2]                     | 2,2,0,1 | [1, 8, 8]
          [1, 8, 8]   | kernel = 3, stride = 2              | 0,1,0,1 | [1, 4, 4]
          [1, 9, 9]   | kernel = 3, stride = 2              | 1,1,1,1 | [1, 5, 5]
          [1, 9, 7]   | kernel = 3, stride = [3, 2]         | 0,0,1,1 | [1, 3, 4]
          [1, 9, 9]   | kernel = 2, stride = 4              | 0,1,0,1 | [1, 3, 3]
          [1, 8, 8]   | kernel = 2, stride = 4              | 0,0,0,0 | [1, 2, 2]
          [1, 7, 7]   | kernel = 1, stride = 3              | 0,0,0,0 | [1, 3, 3]
          [1, 1, 1]   | kernel = 5                          | 2,2,2,2 | [1, 1, 1]
          [1, 2, 3]   | kernel = 7, stride = 5              | 2,3,2,2 | [1, 1, 1]
          """)
  void samePaddingKeepsTheSizeDividedByTheStride(
      String input, String attributes, String padding, String output) {
    Node node = node(input, "conv(1, " + attributes + ", padding = same)");
    assertThat(window(node.operator()).padding()).hasToString(padding);
    assertThat(node.output().shape()).hasToString(output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          avgpool(2)                        | kernel=2x2, stride=2x2, padding=0,0,0,0
          maxpool([2, 3])                   | kernel=2x3, stride=2x3, padding=0,0,0,0
          maxpool(3, padding = 1)           | kernel=3x3, stride=3x3, padding=1,1,1,1
          maxpool(3, stride = 1, padding = same) | kernel=3x3, stride=1x1, padding=1,1,1,1
          conv(1, kernel = 3)               | kernel=3x3, stride=1x1, padding=0,0,0,0
          conv(1, kernel = 3, stride = [2, 1]) | kernel=3x3, stride=2x1, padding=0,0,0,0
          """)
  void aPoolingStrideIsItsKernelUnlessGiven(String layer, String window) {
    assertThat(window(node("[2, 9, 9]", layer).operator())).hasToString(window);
  }

  private static Node node(String input, String layer) {
    return Models.graph(Models.network(input, " -> " + layer)).nodes().get(0);
  }

  private static Window window(Operator operator) {
    if (operator instanceof Conv2d conv) {
      return conv.window();
    }
    return operator instanceof MaxPool pool ? pool.window() : ((AveragePool) operator).window();
  }
}
