package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.op.GradientRule;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.train.Computation.Accumulate;
import org.cnnc.compiler.train.Computation.Forward;
import org.cnnc.compiler.train.Computation.InputGradient;
import org.cnnc.compiler.train.Computation.Loss;
import org.cnnc.compiler.train.Computation.LossGradient;
import org.cnnc.compiler.train.Computation.ParameterGradient;
import org.cnnc.compiler.train.Computation.Update;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Makes the step of a training: the forward pass up to the loss, then, walking the layers
 * backwards, the gradients by the rule of each operator, then the update of every parameter. A
 * value used several times gets the sum of its gradients. The gradient of the input image is left
 * out unless asked for; nothing that the loss does not depend on is computed.
 */
public final class Differentiate {
  private final NetworkGraph network;
  private final LossSpec loss;
  private final KeptGradients kept;
  private final StepBuilder builder;
  private final List<Node> nodes;
  private final Set<Integer> wantsGradient = new HashSet<>();
  private final Map<Integer, List<Tensor>> gradients = new HashMap<>();
  private final ValueUses uses;
  private final List<Tensor> results = new ArrayList<>();

  /** By name of each of their layers. */
  private final Map<String, PooledConvolution> pooled = new HashMap<>();

  /** Of the pools of those, by name. */
  private final Map<String, Tensor> places = new HashMap<>();

  /** By name of their convolution, and of their pool. */
  private final Map<String, AveragedConvolution> averaged = new HashMap<>();

  private Differentiate(NetworkGraph network, KeptGradients kept) {
    this.network = network;
    this.loss = network.loss().orElseThrow();
    this.kept = kept;
    this.builder = new StepBuilder(network.source());
    this.nodes = BuildPrediction.neededNodes(network, List.of(loss.value()));
    this.uses = ValueUses.of(nodes, loss.value());
  }

  /**
   * Builds the step.
   *
   * @param network a network with a loss
   * @param kept gradients that are results of the step
   */
  public static StepGraph apply(NetworkGraph network, KeptGradients kept) {
    return new Differentiate(network, kept).build();
  }

  private StepGraph build() {
    builder.value(network.input().value(), network.input().value().name());
    findValuesThatWantGradients();
    PooledConvolution.find(uses).forEach(this::addPooled);
    AveragedConvolution.find(uses).forEach(this::addAveraged);
    nodes.forEach(this::addForward);
    addLoss();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      addBackward(nodes.get(i));
    }
    if (kept.ofImage()) {
      results.add(gradientOf(network.input().value(), nodes.get(0)));
    }
    if (kept.ofParameters()) {
      builder.tensors().stream()
          .filter(tensor -> tensor.role() == Role.PARAMETER_GRADIENT)
          .forEach(results::add);
    }
    nodes.forEach(this::addUpdates);
    return new StepGraph(
        network,
        true,
        network.training().batch(),
        builder.tensors(),
        builder.operations(),
        results);
  }

  private void addPooled(PooledConvolution chain) {
    pooled.put(chain.convolution().name(), chain);
    chain.activation().ifPresent(activation -> pooled.put(activation.name(), chain));
    pooled.put(chain.pool().name(), chain);
  }

  private void addAveraged(AveragedConvolution chain) {
    averaged.put(chain.convolution().name(), chain);
    averaged.put(chain.pool().name(), chain);
  }

  private void addForward(Node node) {
    PooledConvolution chain = pooled.get(node.name());
    if (chain != null && chain.pool().equals(node)) {
      places.put(node.name(), builder.addForwardWithPlaces(node));
    } else {
      builder.addForward(node);
    }
  }

  /** A value wants a gradient when a parameter, or the image if asked for, lies before it. */
  private void findValuesThatWantGradients() {
    if (kept.ofImage()) {
      wantsGradient.add(network.input().value().id());
    }
    for (Node node : nodes) {
      boolean before = node.inputs().stream().anyMatch(input -> wantsGradient.contains(input.id()));
      if (before || !builder.parameters(node).isEmpty()) {
        wantsGradient.add(node.output().id());
      }
    }
  }

  private void addLoss() {
    Node producer = producerOf(loss.value());
    Tensor value = builder.value(loss.value());
    Tensor target =
        builder.newTensor(
            "target",
            Role.TARGET,
            loss.kind() == LossSpec.Kind.CROSS_ENTROPY ? List.of() : value.dims());
    Tensor losses = builder.newTensor("loss", Role.LOSS, List.of());
    builder.add("loss", producer, new Loss(loss.kind()), List.of(value, target), List.of(losses));
    results.add(losses);
    results.add(value); // what the network answers, to be judged while training
    if (wantsGradient.contains(loss.value().id())) {
      Tensor gradient = newUseGradient(loss.value(), "loss");
      builder.add(
          "loss.d_input",
          producer,
          new LossGradient(loss.kind()),
          List.of(value, target),
          List.of(gradient));
    }
  }

  private Node producerOf(Value value) {
    return nodes.stream().filter(node -> node.output().equals(value)).findFirst().orElseThrow();
  }

  private void addBackward(Node node) {
    if (!wantsGradient.contains(node.output().id())) {
      return;
    }
    if (averaged.containsKey(node.name())) {
      addBackwardOfAverages(node, averaged.get(node.name()));
      return;
    }
    Tensor outputGradient = gradientOf(node.output(), node);
    if (pooled.containsKey(node.name())) {
      addBackwardAtWindows(node, pooled.get(node.name()), outputGradient);
      return;
    }
    if (!builder.parameters(node).isEmpty()) {
      addParameterGradient(
          node,
          new ParameterGradient(node.operator()),
          List.of(outputGradient, builder.value(node.input())));
    }
    addInputGradient(node, outputGradient);
  }

  /** By the operator's rule, if the gradient of its input is wanted. */
  private void addInputGradient(Node node, Tensor outputGradient) {
    Value input = node.input();
    if (!wantsGradient.contains(input.id())) {
      return;
    }
    GradientRule rule = node.operator().gradientRule();
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(outputGradient);
    if (rule.needsInput()) {
      inputs.add(builder.value(input));
    }
    if (rule.needsOutput()) {
      inputs.add(builder.value(node.output()));
    }
    if (rule.needsParameters()) {
      inputs.addAll(builder.parameters(node));
    }
    addInputGradient(
        node, new InputGradient(node.operator()), inputs, newUseGradient(input, node.name()));
  }

  private void addInputGradient(
      Node node, InputGradient computation, List<Tensor> inputs, Tensor gradient) {
    builder.add(node.name() + ".d_input", node, computation, inputs, List.of(gradient));
  }

  private void addParameterGradient(Node node, ParameterGradient computation, List<Tensor> inputs) {
    List<Tensor> outputs = new ArrayList<>();
    for (Tensor parameter : builder.parameters(node)) {
      outputs.add(builder.newTensor("d_", parameter, "", Role.PARAMETER_GRADIENT));
    }
    builder.add(node.name() + ".d_parameters", node, computation, inputs, outputs);
  }

  /**
   * The backward pass of a convolution or of the average pool behind it. The gradient of what is
   * between them is only there for the gradient of the convolution's input.
   */
  private void addBackwardOfAverages(Node node, AveragedConvolution chain) {
    boolean inputGradient = wantsGradient.contains(chain.convolution().input().id());
    if (node.equals(chain.pool())) {
      if (inputGradient) {
        addInputGradient(node, gradientOf(node.output(), node));
      }
      return;
    }
    Tensor averages =
        builder.newTensor(node.name() + ".averages", Role.VALUE, chain.averagesShape().dims());
    builder.add(
        averages.name(),
        node,
        new Forward(chain.averages()),
        List.of(builder.value(node.input())),
        List.of(averages),
        "averages of the input of " + node.span().text().strip());
    addParameterGradient(
        node,
        new ParameterGradient(chain.overAverages()),
        List.of(gradientOf(chain.pool().output(), chain.pool()), averages));
    if (inputGradient) {
      addInputGradient(node, gradientOf(node.output(), node));
    }
  }

  /**
   * The backward pass of a layer between a convolution and its max pool: all gradients stay as
   * large as the pool's value, an element a window. At the place that the pool chose, the
   * activation's output is the pool's.
   */
  private void addBackwardAtWindows(Node node, PooledConvolution chain, Tensor gradient) {
    if (node.equals(chain.pool())) {
      gradients.put(node.input().id(), List.of(gradient));
    } else if (node.equals(chain.convolution())) {
      addConvolutionAtWindows(chain, gradient);
    } else {
      Tensor pooledValue = builder.value(chain.pool().output());
      Tensor before =
          builder.newTensor(
              pooledValue, "d_" + chain.convolution().name() + ".windows", Role.VALUE_GRADIENT);
      addInputGradient(
          node, new InputGradient(node.operator()), List.of(gradient, pooledValue), before);
      gradients.put(node.input().id(), List.of(before));
    }
  }

  private void addConvolutionAtWindows(PooledConvolution chain, Tensor gradient) {
    Node node = chain.convolution();
    Tensor chosen = places.get(chain.pool().name());
    Optional<Window> windows = Optional.of(chain.windows());
    addParameterGradient(
        node,
        new ParameterGradient(node.operator(), windows),
        List.of(gradient, builder.value(node.input()), chosen));
    Value input = node.input();
    if (wantsGradient.contains(input.id())) {
      List<Tensor> inputs = new ArrayList<>(List.of(gradient));
      inputs.addAll(builder.parameters(node));
      inputs.add(chosen);
      addInputGradient(
          node,
          new InputGradient(node.operator(), windows),
          inputs,
          newUseGradient(input, node.name()));
    }
  }

  /** The gradient that a value gets from one of its uses. */
  private Tensor newUseGradient(Value value, String user) {
    String suffix = uses.count(value) > 1 ? ".by_" + user : "";
    Tensor gradient = builder.newTensor("d_", builder.value(value), suffix, Role.VALUE_GRADIENT);
    gradients.computeIfAbsent(value.id(), id -> new ArrayList<>()).add(gradient);
    return gradient;
  }

  /** The gradient of a value, all uses summed. */
  private Tensor gradientOf(Value value, Node node) {
    List<Tensor> uses = gradients.get(value.id());
    if (uses.size() == 1) {
      return uses.get(0);
    }
    Tensor sum = builder.newTensor("d_", builder.value(value), "", Role.VALUE_GRADIENT);
    builder.add(sum.name() + ".sum", node, new Accumulate(), uses, List.of(sum));
    gradients.put(value.id(), List.of(sum));
    return sum;
  }

  private void addUpdates(Node node) {
    for (Tensor parameter : builder.parameters(node)) {
      List<Tensor> inputs = new ArrayList<>(List.of(builder.gradientOf(parameter), parameter));
      for (String state : network.training().optimizer().states()) {
        inputs.add(builder.newTensor(state + ".", parameter, "", Role.STATE));
      }
      builder.add(
          parameter.name() + ".update",
          node,
          new Update(network.training().optimizer()),
          inputs,
          List.of());
    }
  }
}
