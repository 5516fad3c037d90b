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
 * Puts one operation in the place of a convolution, its activation and its pool, so that what is
 * between them gets no memory:
 *
 * <pre>
 * conv1 = conv(...) of image          conv1: maxpool1 = conv(...) -> relu -> maxpool(...) of image
 * relu1 = relu of conv1         -->
 * maxpool1 = maxpool(...) of relu1
 * </pre>
 */
final class FusePools {
  private final StepGraph graph;
  private final Map<Integer, Tensor> renumbered = new HashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  private FusePools(StepGraph graph) {
    this.graph = graph;
  }

  /** The same step with these chains fused; the tensors in between are gone. */
  static StepGraph apply(StepGraph graph, List<PooledChain> chains) {
    return new FusePools(graph).fuse(chains);
  }

  private StepGraph fuse(List<PooledChain> chains) {
    Set<Tensor> gone = new HashSet<>();
    Map<Operation, PooledChain> byConvolution = new HashMap<>();
    Set<Operation> inChains = new HashSet<>();
    for (PooledChain chain : chains) {
      gone.addAll(chain.between());
      byConvolution.put(chain.convolution(), chain);
      inChains.addAll(chain.operations());
    }
    renumber(gone);
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (byConvolution.containsKey(operation)) {
        operations.add(renumber(byConvolution.get(operation).fused()));
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

  /** A tensor's id is its position; subjects come before what is about them. */
  private void renumber(Set<Tensor> gone) {
    for (Tensor tensor : graph.tensors()) {
      if (!gone.contains(tensor)) {
        int id = tensors.size();
        int subject = tensor.subject() == tensor.id() ? id : renumbered.get(tensor.subject()).id();
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
