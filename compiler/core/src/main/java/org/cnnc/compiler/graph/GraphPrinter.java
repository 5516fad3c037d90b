package org.cnnc.compiler.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnc.compiler.graph.op.FloatText;

/** The text of a network graph: one line a layer, for people and for tests. */
public final class GraphPrinter {
  private GraphPrinter() {}

  /** Ends with a line feed. */
  public static String print(NetworkGraph graph) {
    StringBuilder text = new StringBuilder();
    line(text, "network " + graph.name());
    line(text, input(graph.input()));
    graph.nodes().forEach(node -> line(text, node(node)));
    graph.outputs().forEach(output -> line(text, output(output)));
    graph.loss().ifPresent(loss -> line(text, loss(loss)));
    line(text, training(graph.training()));
    names(graph).forEach(name -> line(text, name));
    return text.toString();
  }

  /** {@code conv1 = conv(out=16, ...) image[3, 32, 32] -> [16, 32, 32] params 448}. */
  static String node(Node node) {
    String inputs =
        node.inputs().stream().map(GraphPrinter::value).collect(Collectors.joining(", "));
    String name = node.output().name().equals(node.name()) ? "" : node.output().name();
    long parameters = node.operator().parameterCount(node.input().shape());
    return node.name()
        + " = "
        + node.operator().text()
        + " "
        + inputs
        + " -> "
        + name
        + node.output().shape()
        + (parameters == 0 ? "" : "  params " + parameters);
  }

  private static String input(InputSpec input) {
    return "input "
        + value(input.value())
        + " scale="
        + FloatText.of(input.scale())
        + " mean="
        + numbers(input.mean())
        + " std="
        + numbers(input.std());
  }

  private static String output(OutputSpec output) {
    String labels =
        output.labels().stream().map(GraphPrinter::quoted).collect(Collectors.joining(", "));
    return "output "
        + output.name()
        + " = "
        + value(output.value())
        + (labels.isEmpty() ? "" : " labels " + labels);
  }

  private static String loss(LossSpec loss) {
    return "loss "
        + switch (loss.kind()) {
          case CROSS_ENTROPY -> "cross_entropy";
          case INNER_PRODUCT -> "inner_product";
        }
        + " of "
        + loss.output().name()
        + ", from "
        + value(loss.value());
  }

  private static String training(TrainingSpec training) {
    return "train "
        + optimizer(training.optimizer())
        + " batch="
        + training.batch()
        + " epochs="
        + training.epochs()
        + " seed="
        + training.seed();
  }

  private static String optimizer(OptimizerSpec optimizer) {
    if (optimizer instanceof OptimizerSpec.Sgd sgd) {
      return "sgd(rate="
          + FloatText.of(sgd.rate())
          + ", momentum="
          + FloatText.of(sgd.momentum())
          + ", nesterov="
          + sgd.nesterov()
          + ", weight_decay="
          + FloatText.of(sgd.weightDecay())
          + ")";
    }
    OptimizerSpec.Adam adam = (OptimizerSpec.Adam) optimizer;
    return "adam(rate="
        + FloatText.of(adam.rate())
        + ", beta1="
        + FloatText.of(adam.beta1())
        + ", beta2="
        + FloatText.of(adam.beta2())
        + ", epsilon="
        + FloatText.of(adam.epsilon())
        + ", weight_decay="
        + FloatText.of(adam.weightDecay())
        + ")";
  }

  /** Names that the lines above do not show. */
  private static List<String> names(NetworkGraph graph) {
    return graph.names().entrySet().stream()
        .filter(entry -> !shown(graph, entry))
        .map(
            entry -> "name " + entry.getKey() + " = " + value(graph.values().get(entry.getValue())))
        .toList();
  }

  private static boolean shown(NetworkGraph graph, Map.Entry<String, Integer> entry) {
    return graph.values().get(entry.getValue()).name().equals(entry.getKey())
        || graph.nodes().stream().anyMatch(node -> node.name().equals(entry.getKey()))
        || graph.outputs().stream().anyMatch(output -> output.name().equals(entry.getKey()));
  }

  static String numbers(List<Float> numbers) {
    return numbers.stream().map(FloatText::of).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String value(Value value) {
    return value.name() + value.shape();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
