package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.op.ParameterSpec;
import org.cnnc.compiler.train.Tensor.Role;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.SourceFile;

/** Tensors and operations as they grow; shared by prediction and training. */
final class StepBuilder {
  private final LineMap lines;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final Map<Integer, Tensor> valueTensors = new HashMap<>();
  private final Map<Integer, Tensor> parameterGradients = new HashMap<>();
  private final Map<String, List<Tensor>> parameters = new HashMap<>();

  StepBuilder(SourceFile source) {
    this.lines = new LineMap(source);
  }

  Tensor newTensor(String name, Role role, List<Integer> dims) {
    Tensor tensor = new Tensor(tensors.size(), name, role, tensors.size(), dims);
    tensors.add(tensor);
    return tensor;
  }

  /** A gradient or a state: named after its subject, of the same shape. */
  Tensor newTensor(String prefix, Tensor subject, String suffix, Role role) {
    Tensor tensor =
        new Tensor(
            tensors.size(), prefix + subject.name() + suffix, role, subject.id(), subject.dims());
    tensors.add(tensor);
    if (role == Role.PARAMETER_GRADIENT) {
      parameterGradients.put(subject.id(), tensor);
    }
    return tensor;
  }

  /** About a value, of its shape, under another name. */
  Tensor newTensor(Tensor subject, String name, Role role) {
    Tensor tensor = new Tensor(tensors.size(), name, role, subject.id(), subject.dims());
    tensors.add(tensor);
    return tensor;
  }

  /** The gradient of a parameter, once its operation is there. */
  Tensor gradientOf(Tensor parameter) {
    return parameterGradients.get(parameter.id());
  }

  /** The tensor of a network value, made when first asked for. */
  Tensor value(Value value, String tensorName) {
    return valueTensors.computeIfAbsent(
        value.id(), id -> newTensor(tensorName, Role.VALUE, value.shape().dims()));
  }

  Tensor value(Value value) {
    return valueTensors.get(value.id());
  }

  /** The parameters of a layer: {@code conv1.weight}, {@code conv1.bias}. */
  List<Tensor> parameters(Node node) {
    return parameters.computeIfAbsent(
        node.name(),
        name -> {
          List<Tensor> result = new ArrayList<>();
          for (ParameterSpec spec : node.operator().parameters(node.input().shape())) {
            result.add(newTensor(name + "." + spec.name(), Role.PARAMETER, spec.dims()));
          }
          return result;
        });
  }

  void add(
      String name, Node node, Computation computation, List<Tensor> inputs, List<Tensor> outputs) {
    add(name, node, computation, inputs, outputs, node.span().text().strip());
  }

  /** The same with another text than what the user wrote of the node. */
  void add(
      String name,
      Node node,
      Computation computation,
      List<Tensor> inputs,
      List<Tensor> outputs,
      String text) {
    operations.add(
        new Operation(
            name,
            node.name(),
            computation,
            inputs,
            outputs,
            lines.line(node.span().start()),
            text));
  }

  void addForward(Node node) {
    addForward(node, List.of());
  }

  /** A max pool that also gives places. */
  Tensor addForwardWithPlaces(Node node) {
    Tensor places =
        newTensor(value(node.output(), node.name()), node.name() + ".places", Role.PLACES);
    addForward(node, List.of(places));
    return places;
  }

  private void addForward(Node node, List<Tensor> places) {
    List<Tensor> inputs = new ArrayList<>();
    node.inputs().forEach(input -> inputs.add(value(input)));
    inputs.addAll(parameters(node));
    List<Tensor> outputs = new ArrayList<>(List.of(value(node.output(), node.name())));
    outputs.addAll(places);
    Computation forward = new Computation.Forward(node.operator(), !places.isEmpty());
    add(node.name(), node, forward, inputs, outputs);
  }

  List<Tensor> tensors() {
    return tensors;
  }

  List<Operation> operations() {
    return operations;
  }
}
