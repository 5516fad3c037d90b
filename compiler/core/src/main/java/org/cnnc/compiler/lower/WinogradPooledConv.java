package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;

/**
 * A convolution by Winograd, its activation and a max pool whose windows are the tiles: of four
 * pixels one is stored.
 */
final class WinogradPooledConv implements PooledLowering {
  private final Operation operation;
  private final Conv2d conv;
  private final WinogradGeometry geometry;
  private final WinogradByChannels winograd;

  WinogradPooledConv(ScheduledStep step, Operation operation) {
    this.operation = operation;
    PooledForward pooled = (PooledForward) operation.computation();
    this.conv = pooled.convolution();
    this.geometry = WinogradConvLowering.forwardGeometry(step, conv, operation.input(0).shape());
    this.winograd =
        new WinogradByChannels(
            geometry,
            false,
            step.mechanical(),
            step.choice(operation),
            new WinogradMaxima(geometry, pooled));
  }

  @Override
  public List<Scratch> scratch() {
    return winograd.scratch();
  }

  @Override
  public void prepare(OperationScope scope) {
    winograd.prepare(scope);
  }

  @Override
  public int parts() {
    return geometry.strips();
  }

  @Override
  public void lower(OperationScope scope) {
    Optional<ArrayRef> bias =
        conv.bias()
            ? Optional.of(scope.parameterRow(operation.input(2), Index.of(0)))
            : Optional.empty();
    winograd.lower(scope, bias);
  }
}
