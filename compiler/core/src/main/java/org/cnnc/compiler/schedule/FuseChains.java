package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/**
 * Puts one operation in the place of each chain, of a convolution, its activation and its pool,
 * say, or of a gradient and its update, so that what is between them gets no memory:
 *
 * <pre>
 * conv1 = conv(...) of image          conv1: maxpool1 = conv(...) -> relu -> maxpool(...) of image
 * relu1 = relu of conv1         -->
 * maxpool1 = maxpool(...) of relu1
 * </pre>
 */
final class FuseChains {
  private final StepGraph graph;
  private final Map<Integer, Tensor> renumbered = new HashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  private FuseChains(StepGraph graph) {
    this.graph = graph;
  }

  /** The same step with these chains fused; the tensors in between are gone. */
  static StepGraph apply(StepGraph graph, List<? extends FusedChain> chains) {
    return new FuseChains(graph).fuse(chains);
  }

  private StepGraph fuse(List<? extends FusedChain> chains) {
    Set<Tensor> gone = new HashSet<>();
    Map<Tensor, Tensor> successors = new HashMap<>();
    Map<Operation, FusedChain> byPlace = new HashMap<>();
    Set<Operation> inChains = new HashSet<>();
    for (FusedChain chain : chains) {
      List<Tensor> values = chain.fused().outputs();
      gone.addAll(chain.between());
      if (!values.isEmpty()) {
        chain.between().forEach(tensor -> successors.put(tensor, values.get(0)));
      }
      byPlace.put(chain.place(), chain);
      inChains.addAll(chain.operations());
    }
    renumber(gone, successors);
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (byPlace.containsKey(operation)) {
        operations.add(renumber(byPlace.get(operation).fused()));
      } else if (!inChains.contains(operation)) {
        operations.add(renumber(operation));
      }
    }
    return new StepGraph(
        graph.network(),
        graph.training(),
        graph.batch(),
        tensors,
        operations,
        renumber(graph.results()));
  }

  /**
   * A tensor's id is its position; subjects come before what is about them. The gradient of a value
   * that is gone is about that of the chain from now on, whose layout it has: only activations keep
   * gradients of their inputs. (Nothing is about a parameter's gradient.)
   *
   * @param successors of those that are gone: the value of their chain, if it has one
   */
  private void renumber(Set<Tensor> gone, Map<Tensor, Tensor> successors) {
    for (Tensor tensor : graph.tensors()) {
      if (!gone.contains(tensor)) {
        int id = tensors.size();
        Tensor about = graph.tensors().get(tensor.subject());
        int old = successors.getOrDefault(about, about).id();
        int subject = tensor.subject() == tensor.id() ? id : renumbered.get(old).id();
        Tensor moved = new Tensor(id, tensor.name(), tensor.role(), subject, tensor.dims());
        tensors.add(moved);
        renumbered.put(tensor.id(), moved);
      }
    }
  }

  private Operation renumber(Operation operation) {
    return new Operation(
        operation.name(),
        operation.layer(),
        operation.computation(),
        renumber(operation.inputs()),
        renumber(operation.outputs()),
        operation.line(),
        operation.text());
  }

  private List<Tensor> renumber(List<Tensor> old) {
    return old.stream().map(tensor -> renumbered.get(tensor.id())).toList();
  }
}
