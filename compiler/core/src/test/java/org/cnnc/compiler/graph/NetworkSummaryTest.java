package org.cnnc.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.graph.NetworkSummary.Row;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {
  /** Numbers of the lecture's network, computed by hand. */
  @Test
  void theLecturesNetworkHasFourLayersThatLearn() {
    NetworkSummary summary =
        NetworkSummary.of(
            Models.graph(
                """
                network HousePersonTree {
                    input image[3, 32, 32];
                    features = image
                        -> conv(16, kernel = 3, padding = same) -> relu -> maxpool(2)
                        -> conv(32, kernel = 3, padding = same) -> relu -> maxpool(2);
                    scores = features -> flatten -> fc(64) -> relu -> fc(3);
                    output label = scores -> softmax;
                    loss cross_entropy(label);
                }
                """));
    assertThat(summary.rows())
        .containsExactly(
            new Row("conv1", "conv", TensorShape.image(16, 32, 32), 448, 1, 442_368),
            new Row("relu1", "relu", TensorShape.image(16, 32, 32), 0, 0, 0),
            new Row("maxpool1", "maxpool", TensorShape.image(16, 16, 16), 0, 0, 0),
            new Row("conv2", "conv", TensorShape.image(32, 16, 16), 4_640, 2, 1_179_648),
            new Row("relu2", "relu", TensorShape.image(32, 16, 16), 0, 0, 0),
            new Row("maxpool2", "maxpool", TensorShape.image(32, 8, 8), 0, 0, 0),
            new Row("flatten1", "flatten", TensorShape.vector(2048), 0, 0, 0),
            new Row("fc1", "fc", TensorShape.vector(64), 131_136, 3, 131_072),
            new Row("relu3", "relu", TensorShape.vector(64), 0, 0, 0),
            new Row("fc2", "fc", TensorShape.vector(3), 195, 4, 192),
            new Row("softmax1", "softmax", TensorShape.vector(3), 0, 0, 0));
    assertThat(summary.input()).isEqualTo(TensorShape.image(3, 32, 32));
    assertThat(summary.parameters()).isEqualTo(136_419);
    assertThat(summary.multiplyAdds()).isEqualTo(1_753_280);
  }
}
