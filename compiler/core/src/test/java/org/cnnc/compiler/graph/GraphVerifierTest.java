package org.cnnc.compiler.graph;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.junit.jupiter.api.Test;

class GraphVerifierTest {
  private final NetworkGraph good =
      Models.graph(
          """
          network Good {
              input image[3, 8, 8];
              scores = image -> conv(4, kernel = 3) -> flatten -> fc(2);
              output label = scores -> softmax labels ("cat", "dog");
              loss cross_entropy(label);
          }
          """);

  @Test
  void aGraphOfTheBuilderHolds() {
    assertThatCode(() -> GraphVerifier.verify(good)).doesNotThrowAnyException();
  }

  @Test
  void aNodeBeforeItsProducerIsRefused() {
    List<Node> nodes = new ArrayList<>(good.nodes());
    nodes.add(0, nodes.remove(1));
    assertBroken(withNodes(nodes), "flatten1 takes conv1 before it is given");
  }

  @Test
  void aValueGivenTwiceIsRefused() {
    List<Node> nodes = new ArrayList<>(good.nodes());
    nodes.add(nodes.get(0));
    assertBroken(withNodes(nodes), "conv1 is given twice");
  }

  @Test
  void aValueThatNothingGivesIsRefused() {
    List<Value> values = new ArrayList<>(good.values());
    values.add(new Value(values.size(), "lost", TensorShape.vector(1)));
    assertBroken(withValues(values), "nothing gives lost");
  }

  @Test
  void anIdThatIsNotThePositionIsRefused() {
    List<Value> values = new ArrayList<>(good.values());
    values.add(new Value(17, "lost", TensorShape.vector(1)));
    assertBroken(withValues(values), "lost has id 17 at position 5");
  }

  @Test
  void aShapeThatTheOperatorDoesNotGiveIsRefused() {
    assertBroken(
        withNode(
            2,
            node ->
                new Node(
                    node.name(),
                    new FullyConnected(3, true),
                    node.inputs(),
                    node.output(),
                    node.span())),
        "fc1 gives [3], but its output is [2]");
  }

  @Test
  void anOperatorThatCannotTakeItsInputIsRefused() {
    assertBroken(
        withNode(
            1,
            node ->
                new Node(
                    node.name(),
                    new FullyConnected(144, true),
                    node.inputs(),
                    node.output(),
                    node.span())),
        "flatten1 cannot be applied to [4, 6, 6]");
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    assertBroken(
        withNode(
            1,
            node -> new Node("conv1", node.operator(), node.inputs(), node.output(), node.span())),
        "two layers are called conv1");
  }

  @Test
  void aForeignValueIsRefused() {
    Value foreign = new Value(1, "conv1", TensorShape.image(4, 6, 7));
    assertBroken(
        withNode(
            1,
            node ->
                new Node(
                    node.name(), node.operator(), List.of(foreign), node.output(), node.span())),
        "an input of flatten1 is not a value of the graph: conv1");
  }

  @Test
  void aLossThatIsNotComputedFromTheSoftmaxsInputIsRefused() {
    LossSpec loss = good.loss().orElseThrow();
    LossSpec wrong = new LossSpec(loss.kind(), loss.output(), loss.output().value(), loss.span());
    assertBroken(withLoss(wrong), "the loss's value label is not the input of its softmax");
  }

  @Test
  void aLossOfALayerThatIsNoSoftmaxIsRefused() {
    assertBroken(
        withNode(
            3,
            node -> new Node(node.name(), new Relu(), node.inputs(), node.output(), node.span())),
        "the loss's value scores is not the input of its softmax");
  }

  @Test
  void labelsThatAreNotAsManyAsElementsAreRefused() {
    OutputSpec output = good.outputs().get(0);
    NetworkGraph broken =
        new NetworkGraph(
            good.name(),
            good.input(),
            good.values(),
            good.nodes(),
            List.of(new OutputSpec(output.name(), output.value(), List.of("cat"))),
            good.loss(),
            good.training(),
            good.names(),
            good.source());
    assertBroken(broken, "output label has 1 labels for [2]");
  }

  @Test
  void aNameOfNoValueIsRefused() {
    Map<String, Integer> names = new LinkedHashMap<>(good.names());
    names.put("ghost", 99);
    assertBroken(withNames(names), "ghost names no value, but 99");
    names.remove("ghost");
    names.remove("fc1");
    assertBroken(withNames(names), "fc1 does not name the value scores");
  }

  private static void assertBroken(NetworkGraph graph, String message) {
    assertThatThrownBy(() -> GraphVerifier.verify(graph))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage("network graph of Good: " + message);
  }

  private NetworkGraph withValues(List<Value> values) {
    return new NetworkGraph(
        good.name(),
        good.input(),
        values,
        good.nodes(),
        good.outputs(),
        good.loss(),
        good.training(),
        good.names(),
        good.source());
  }

  private NetworkGraph withNodes(List<Node> nodes) {
    return new NetworkGraph(
        good.name(),
        good.input(),
        good.values(),
        nodes,
        good.outputs(),
        good.loss(),
        good.training(),
        good.names(),
        good.source());
  }

  private NetworkGraph withNode(int position, UnaryOperator<Node> change) {
    List<Node> nodes = new ArrayList<>(good.nodes());
    nodes.set(position, change.apply(nodes.get(position)));
    return withNodes(nodes);
  }

  private NetworkGraph withLoss(LossSpec loss) {
    return new NetworkGraph(
        good.name(),
        good.input(),
        good.values(),
        good.nodes(),
        good.outputs(),
        Optional.of(loss),
        good.training(),
        good.names(),
        good.source());
  }

  private NetworkGraph withNames(Map<String, Integer> names) {
    return new NetworkGraph(
        good.name(),
        good.input(),
        good.values(),
        good.nodes(),
        good.outputs(),
        good.loss(),
        good.training(),
        names,
        good.source());
  }
}
