package org.cnnc.compiler.lower;

import java.util.List;
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
  private final WinogradGeometry geometry;
  private final WinogradByChannels winograd;

  WinogradPooledConv(ScheduledStep step, Operation operation) {
    PooledForward pooled = (PooledForward) operation.computation();
    this.geometry =
        WinogradConvLowering.forwardGeometry(
            step, pooled.convolution(), operation.input(0).shape());
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
    winograd.lower(scope, Bias.row(scope));
  }
}
