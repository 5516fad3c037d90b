package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.train.Computation.Forward;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;

/**
 * A convolution, what else is done to its value, and the max pool that takes it: nobody else, not
 * even the backward pass, reads what is in between.
 */
record PooledChain(Operation convolution, Optional<Operation> activation, Operation pool)
    implements FusedChain {
  /** All of a step, in order. */
  static List<PooledChain> find(StepGraph graph) {
    Map<Integer, Operation> onlyReaders = FusedChain.onlyReaders(graph);
    List<PooledChain> chains = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (operation.computation() instanceof Forward forward
          && forward.operator() instanceof Conv2d) {
        Optional.ofNullable(onlyReaders.get(operation.output().id()))
            .flatMap(next -> endingIn(onlyReaders, operation, next))
            .ifPresent(chains::add);
      }
    }
    return chains;
  }

  private static Optional<PooledChain> endingIn(
      Map<Integer, Operation> onlyReaders, Operation convolution, Operation next) {
    if (next.computation() instanceof Forward forward && forward.operator() instanceof Activation) {
      return Optional.ofNullable(onlyReaders.get(next.output().id()))
          .filter(PooledChain::isPool)
          .map(pool -> new PooledChain(convolution, Optional.of(next), pool));
    }
    return isPool(next)
        ? Optional.of(new PooledChain(convolution, Optional.empty(), next))
        : Optional.empty();
  }

  private static boolean isPool(Operation operation) {
    return operation.computation() instanceof Forward forward
        && forward.operator().choosesFrom().isPresent();
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(Optional.of(convolution), activation, Optional.of(pool))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Operation fused() {
    Forward last = (Forward) pool.computation();
    PooledForward computation =
        new PooledForward(
            (Conv2d) ((Forward) convolution.computation()).operator(),
            activation.map(
                operation -> (Activation) ((Forward) operation.computation()).operator()),
            last.operator().choosesFrom().orElseThrow(),
            last.places());
    return new Operation(
        convolution.name(),
        convolution.layer(),
        computation,
        convolution.inputs(),
        pool.outputs(),
        convolution.line(),
        text());
  }
}
