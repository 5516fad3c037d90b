package org.cnnc.compiler.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.compiler.graph.op.ParameterSpec;
import org.cnnc.compiler.internal.InternalCompilerError;

/**
 * What holds for every network graph. A graph that breaks it is a bug of the compiler, never of the
 * user.
 */
public final class GraphVerifier {
  private final NetworkGraph graph;
  private final Set<Integer> produced = new HashSet<>();

  private GraphVerifier(NetworkGraph graph) {
    this.graph = graph;
  }

  /**
   * Checks everything.
   *
   * @throws InternalCompilerError naming what is broken
   */
  public static void verify(NetworkGraph graph) {
    new GraphVerifier(graph).run();
  }

  private void run() {
    verifyValues();
    verifyInput();
    graph.nodes().forEach(this::verifyNode);
    graph.values().forEach(value -> require(isProduced(value), "nothing gives " + value.name()));
    verifyUniqueNames();
    verifyNames();
    graph.outputs().forEach(this::verifyOutput);
    graph.loss().ifPresent(this::verifyLoss);
  }

  private void verifyValues() {
    for (int i = 0; i < graph.values().size(); i++) {
      Value value = graph.values().get(i);
      require(value.id() == i, value.name() + " has id " + value.id() + " at position " + i);
    }
  }

  private void verifyInput() {
    InputSpec input = graph.input();
    requireKnown(input.value(), "the input");
    require(input.value().id() == 0, "the input is not the first value");
    int channels = input.value().shape().channels();
    require(
        input.mean().size() == channels && input.std().size() == channels,
        "the input has " + channels + " channels, but another number of means or stds");
    require(
        input.std().stream().allMatch(each -> each > 0 && Float.isFinite(each)),
        "a std of the input is not above 0");
    produced.add(0);
  }

  private void verifyNode(Node node) {
    Operator operator = node.operator();
    require(node.inputs().size() == 1, node.name() + " has " + node.inputs().size() + " inputs");
    Value input = node.input();
    requireKnown(input, "an input of " + node.name());
    requireKnown(node.output(), "the output of " + node.name());
    require(isProduced(input), node.name() + " takes " + input.name() + " before it is given");
    require(produced.add(node.output().id()), node.output().name() + " is given twice");
    require(
        operator.accepts(input.shape()), node.name() + " cannot be applied to " + input.shape());
    require(
        operator.outputShape(input.shape()).equals(node.output().shape()),
        node.name()
            + " gives "
            + operator.outputShape(input.shape())
            + ", but its output is "
            + node.output().shape());
    verifyParameters(node);
  }

  private void verifyParameters(Node node) {
    List<ParameterSpec> parameters = node.operator().parameters(node.input().shape());
    long total = parameters.stream().mapToLong(ParameterSpec::elements).sum();
    require(
        total == node.operator().parameterCount(node.input().shape()),
        node.name() + " has " + total + " parameters, but counts another number");
    require(
        parameters.stream().map(ParameterSpec::name).distinct().count() == parameters.size(),
        node.name() + " has two parameters of one name");
  }

  private void verifyUniqueNames() {
    Map<String, Value> seen = new HashMap<>();
    for (Value value : graph.values()) {
      require(seen.put(value.name(), value) == null, "two values are called " + value.name());
    }
    Set<String> nodes = new HashSet<>();
    for (Node node : graph.nodes()) {
      require(nodes.add(node.name()), "two layers are called " + node.name());
    }
    Set<String> outputs = new HashSet<>();
    for (OutputSpec output : graph.outputs()) {
      require(outputs.add(output.name()), "two outputs are called " + output.name());
    }
  }

  private void verifyNames() {
    graph
        .names()
        .forEach(
            (name, id) ->
                require(
                    id >= 0 && id < graph.values().size(), name + " names no value, but " + id));
    graph.values().forEach(value -> requireNamed(value.name(), value));
    graph.nodes().forEach(node -> requireNamed(node.name(), node.output()));
    graph.outputs().forEach(output -> requireNamed(output.name(), output.value()));
  }

  private void verifyOutput(OutputSpec output) {
    requireKnown(output.value(), "output " + output.name());
    int labels = output.labels().size();
    require(
        labels == 0
            || (output.value().shape().isVector() && output.value().shape().channels() == labels),
        "output " + output.name() + " has " + labels + " labels for " + output.value().shape());
    require(
        output.labels().stream().distinct().count() == labels,
        "output " + output.name() + " has a label twice");
  }

  private void verifyLoss(LossSpec loss) {
    requireKnown(loss.value(), "the loss's value");
    requireKnown(loss.output().value(), "the loss's output");
    switch (loss.kind()) {
      case CROSS_ENTROPY -> {
        Optional<Node> producer = graph.producer(loss.output().value());
        require(
            producer.isPresent()
                && producer.get().operator() instanceof Softmax
                && producer.get().input().equals(loss.value()),
            "the loss's value " + loss.value().name() + " is not the input of its softmax");
      }
      case INNER_PRODUCT ->
          require(
              loss.value().equals(loss.output().value()),
              "the loss's value " + loss.value().name() + " is not its output");
    }
  }

  private boolean isProduced(Value value) {
    return produced.contains(value.id());
  }

  private void requireKnown(Value value, String what) {
    require(
        value.id() >= 0
            && value.id() < graph.values().size()
            && graph.values().get(value.id()).equals(value),
        what + " is not a value of the graph: " + value.name());
  }

  private void requireNamed(String name, Value value) {
    Integer id = graph.names().get(name);
    require(id != null && id == value.id(), name + " does not name the value " + value.name());
  }

  private void require(boolean condition, String broken) {
    if (!condition) {
      throw new InternalCompilerError("network graph of " + graph.name() + ": " + broken);
    }
  }
}
