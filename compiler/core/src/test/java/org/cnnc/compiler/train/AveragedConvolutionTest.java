package org.cnnc.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragedConvolutionTest {
  private static List<String> backward(String layers) {
    NetworkGraph network = Models.graph(Models.network("[2, 12, 12]", " -> " + layers));
    StepGraph graph = Differentiate.apply(network, KeptGradients.NONE);
    StepGraphVerifier.verify(graph);
    List<String> lines = StepGraphPrinter.print(graph).lines().toList();
    int loss = lines.indexOf(lines.stream().filter(l -> l.startsWith("loss.d_")).findAny().get());
    return lines.subList(loss, lines.size());
  }

  @Test
  void theInputIsAveragedInsteadOfTheGradientSpread() {
    assertThat(backward("conv(3, kernel = 1) -> conv(8, kernel = 3, padding = 2) -> avgpool(2)"))
        .containsSubsequence(
            "avgpool1.d_input: d_conv2[8, 14, 14] = gradient of input "
                + "avgpool(kernel=2x2, stride=2x2, padding=0,0,0,0) of d_avgpool1",
            "conv2.averages: conv2.averages[3, 13, 13] = "
                + "avgpool(kernel=2x2, stride=1x1, padding=1,1,1,1) of conv1",
            "conv2.d_parameters: d_conv2.weight[8, 3, 3, 3], d_conv2.bias[8] = gradient of parameters "
                + "conv(out=8, kernel=3x3, stride=2x2, padding=1,1,1,1, bias) of d_avgpool1, conv2.averages",
            "conv2.d_input: d_conv1[3, 12, 12] = gradient of input "
                + "conv(out=8, kernel=3x3, stride=1x1, padding=2,2,2,2, bias) of d_conv2, conv2.weight, conv2.bias");
  }

  @Test
  void nothingIsAsLargeAsTheFirstConvolution() {
    assertThat(backward("conv(8, kernel = 5) -> avgpool(2) -> tanh"))
        .noneMatch(line -> line.contains("d_conv1["))
        .anyMatch(line -> line.startsWith("conv1.averages: conv1.averages[2, 11, 11]"));
  }

  @Test
  void aUseThatTheLossDoesNotDependOnIsNone() {
    String text =
        """
        network Demo {
            input image[2, 8, 8];
            stem = image -> conv(8, kernel = 3);
            means = stem -> avgpool(2);
            output label = means -> flatten -> fc(2) -> softmax;
            output shown = stem -> tanh;
            loss cross_entropy(label);
        }
        """;
    assertThat(StepGraphPrinter.print(Differentiate.apply(Models.graph(text), KeptGradients.NONE)))
        .contains("conv1.averages");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(8, kernel = 3) -> relu -> avgpool(2)", // the elements' gradients differ
        "conv(8, kernel = 3) -> avgpool(2, padding = 1)", // windows see fewer elements at the edge
        "conv(8, kernel = 3, stride = 2) -> avgpool(2)", // averages of places that are apart
        "conv(8, kernel = 3) -> avgpool(3, stride = 1)", // as many windows as elements
        "conv(2, kernel = 1) -> avgpool(2)", // averages cost more
        "conv(8, kernel = 3) -> maxpool(2)"
      })
  void othersKeepTheWholeGradient(String layers) {
    assertThat(backward(layers)).noneMatch(line -> line.contains("averages"));
  }
}
