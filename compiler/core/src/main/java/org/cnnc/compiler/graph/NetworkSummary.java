package org.cnnc.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * The table of the layers: shapes, parameters, work.
 *
 * @param rows one a layer, in the order of the text
 * @param input what the network takes
 * @param parameters of all layers
 * @param multiplyAdds of all layers, for one image
 */
public record NetworkSummary(
    List<Row> rows, TensorShape input, long parameters, long multiplyAdds) {
  public NetworkSummary {
    rows = List.copyOf(rows);
  }

  /**
   * One layer.
   *
   * @param kind as the language calls it: {@code conv}
   * @param parameters how many numbers it learns
   * @param theta counts the layers that learn: 1, 2, ...; 0 for a layer without parameters
   * @param multiplyAdds for one image
   */
  public record Row(
      String layer,
      String kind,
      TensorShape output,
      long parameters,
      int theta,
      long multiplyAdds) {}

  public static NetworkSummary of(NetworkGraph graph) {
    List<Row> rows = new ArrayList<>();
    int learning = 0;
    for (Node node : graph.nodes()) {
      TensorShape input = node.input().shape();
      long parameters = node.operator().parameterCount(input);
      if (parameters > 0) {
        learning++;
      }
      rows.add(
          new Row(
              node.name(),
              node.operator().kind(),
              node.output().shape(),
              parameters,
              parameters > 0 ? learning : 0,
              node.operator().multiplyAdds(input)));
    }
    return new NetworkSummary(
        rows,
        graph.input().value().shape(),
        rows.stream().mapToLong(Row::parameters).sum(),
        rows.stream().mapToLong(Row::multiplyAdds).sum());
  }
}
