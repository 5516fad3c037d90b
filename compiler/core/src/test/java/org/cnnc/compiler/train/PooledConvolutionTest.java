package org.cnnc.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledConvolutionTest {
  private static String step(String layers) {
    NetworkGraph network =
        Models.graph(Models.network("[2, 12, 12]", " -> conv(3, kernel = 1) -> " + layers));
    StepGraph graph = Differentiate.apply(network, KeptGradients.NONE);
    StepGraphVerifier.verify(graph);
    return StepGraphPrinter.print(graph);
  }

  private static List<String> backward(String layers) {
    return step(layers).lines().filter(line -> line.contains(".d_")).toList();
  }

  @Test
  void gradientsStayAsLargeAsThePool() {
    String layers = "conv(4, kernel = 3) -> relu -> maxpool(2)";
    assertThat(step(layers))
        .contains(
            "maxpool1: maxpool1[4, 5, 5], maxpool1.places[4, 5, 5] = "
                + "maxpool(kernel=2x2, stride=2x2, padding=0,0,0,0), places of relu1");
    String windows = " at the windows kernel=2x2, stride=2x2, padding=0,0,0,0";
    String conv = "conv(out=4, kernel=3x3, stride=1x1, padding=0,0,0,0, bias)";
    assertThat(backward(layers))
        .contains(
            "relu1.d_input: d_conv2.windows[4, 5, 5] = gradient of input relu of d_maxpool1, maxpool1",
            "conv2.d_parameters: d_conv2.weight[4, 3, 3, 3], d_conv2.bias[4] = gradient of parameters "
                + conv
                + windows
                + " of d_conv2.windows, conv1, maxpool1.places",
            "conv2.d_input: d_conv1[3, 12, 12] = gradient of input "
                + conv
                + windows
                + " of d_conv2.windows, conv2.weight, conv2.bias, maxpool1.places")
        .noneMatch(line -> line.startsWith("maxpool1."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(4, kernel = 3) -> maxpool(2)",
        "conv(4, kernel = 3) -> sigmoid -> maxpool(3)",
        "conv(4, kernel = 3, padding = 2) -> tanh -> maxpool(2, stride = 3)"
      })
  void windowsThatAreApartPay(String layers) {
    assertThat(step(layers)).contains("maxpool1.places");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(4, kernel = 3) -> relu -> maxpool(3, stride = 2)", // windows overlap
        "conv(4, kernel = 3) -> relu -> maxpool(2, padding = 1)", // windows reach padding
        "conv(4, kernel = 3) -> mish -> maxpool(2)", // its derivative needs the input
        "conv(4, kernel = 3) -> relu -> avgpool(2)", // no gradient is zero
        "conv(4, kernel = 3) -> relu -> tanh -> maxpool(2)", // two activations
        "conv(4, kernel = 2, padding = 3) -> relu -> maxpool(2)" // windows that see padding alone
      })
  void othersKeepTheWholeGradient(String layers) {
    assertThat(step(layers)).doesNotContain("places");
  }

  @Test
  void aUseThatTheLossDoesNotDependOnIsNone() {
    NetworkGraph network =
        Models.graph(
            """
            network Demo {
                input image[2, 8, 8];
                stem = image -> conv(3, kernel = 3, padding = same) -> relu;
                output shown = stem -> avgpool(2) -> flatten;
                output label = stem -> maxpool(2) -> flatten -> fc(2) -> softmax;
                loss cross_entropy(label);
            }
            """);
    assertThat(StepGraphPrinter.print(Differentiate.apply(network, KeptGradients.NONE)))
        .contains("places");
  }
}
