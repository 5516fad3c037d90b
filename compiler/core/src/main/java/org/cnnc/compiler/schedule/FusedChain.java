package org.cnnc.compiler.schedule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/**
 * Operations that become one: nobody else, not even the backward pass, reads what is in between.
 */
interface FusedChain {
  /** The operations, in order; what is fused has the first one's name. */
  List<Operation> operations();

  /** All of it as one operation. */
  Operation fused();

  /** The operation in whose place that one stands. */
  default Operation place() {
    return operations().get(0);
  }

  /** Values that nobody makes once the chain is one operation. */
  default List<Tensor> between() {
    return operations().subList(0, operations().size() - 1).stream()
        .map(Operation::output)
        .toList();
  }

  /** What the user wrote. */
  default String text() {
    return operations().stream().map(Operation::text).collect(Collectors.joining(" -> "));
  }

  /** By the id of a value that one operation reads and nobody else: that operation. */
  static Map<Integer, Operation> onlyReaders(StepGraph graph) {
    Map<Integer, Operation> readers = new HashMap<>();
    Set<Integer> read = new HashSet<>();
    graph.results().forEach(result -> read.add(result.id()));
    for (Operation operation : graph.operations()) {
      for (Tensor input : operation.inputs()) {
        if (read.add(input.id())) {
          readers.put(input.id(), operation);
        } else {
          readers.remove(input.id());
        }
      }
    }
    return readers;
  }
}
