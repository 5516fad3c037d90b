package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A fully connected layer [K] to [J] with weight [J, K]:
 *
 * <pre>
 * y[j]     = b[j] + sum over k of x[k] * w[j][k]
 * dx[k]    =        sum over j of dy[j] * w[j][k]
 * dw[j][k] =        sum over images of x[k] * dy[j]
 * db[j]    =        sum over images of dy[j]
 * </pre>
 *
 * in these orders of sums; loops run along j in the forward pass, along k in the others: {@link
 * FullyConnectedRows} on the plain target; on the vector target {@link OutputLanes}, and {@link
 * InputLanes} where several sums share what is loaded. Where the forward pass has many inputs, its
 * sums are made of partial sums, and on the vector target those are the lanes: {@link
 * InterleavedSums}.
 */
final class FullyConnectedLowering implements OperatorLowering {
  private final FullyConnected layer;
  private final FullyConnectedRows rows;

  /** The forward pass of the vector target, where there are few inputs. */
  private final Optional<OutputLanes> lanes;

  FullyConnectedLowering(FullyConnected layer, Target target) {
    this.layer = layer;
    this.rows = new FullyConnectedRows(layer.outFeatures(), layer.bias());
    this.lanes =
        target == Target.VECTOR
            ? Optional.of(new OutputLanes(layer.outFeatures(), layer.bias()))
            : Optional.empty();
  }

  /** The forward pass on vectors where sums are made of partial sums. */
  private Optional<InterleavedSums> interleaved(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    return lanes.isPresent() && step.numeric().algorithms().interleaves(inputs)
        ? Optional.of(new InterleavedSums(inputs, layer.outFeatures(), layer.bias()))
        : Optional.empty();
  }

  @Override
  public boolean gainsFromGroups(ScheduledStep step, Operation operation) {
    boolean forward = operation.computation() instanceof Computation.Forward;
    int inputs = (forward ? operation.input(0) : operation.output()).shape().elements();
    boolean severalAtOnce = lanes.isPresent() || step.mechanical().sumsAtOnce() > 1;
    long weight = (long) inputs * layer.outFeatures();
    return severalAtOnce && weight >= step.mechanical().sharedWeight();
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    return Optional.of(
        interleaved(step, operation)
            .map(sums -> sums.work(step, operation))
            .or(() -> lanes.map(outputs -> outputs.work(step, operation)))
            .orElseGet(() -> rows.forwardWork(step, operation)));
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    InputLanes inputs = new InputLanes(operation.output().shape().elements(), rows.outputs());
    return Optional.of(
        hasInputGradientInLanes(step, operation)
            ? inputs.inputGradientWork(step, operation)
            : rows.inputGradientWork(step, operation));
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    InputLanes inputs = new InputLanes(operation.input(1).shape().elements(), rows.outputs());
    return Optional.of(
        hasWeightGradientInLanes(step, operation)
            ? inputs.weightGradientWork(step)
            : rows.weightGradientWork(step, operation));
  }

  private boolean hasInputGradientInLanes(ScheduledStep step, Operation operation) {
    int inputs = operation.output().shape().elements();
    return lanes.isPresent()
        && step.imagesAtOnce(operation) > 1
        && new InputLanes(inputs, rows.outputs()).fitInputGradient();
  }

  private boolean hasWeightGradientInLanes(ScheduledStep step, Operation operation) {
    int inputs = operation.input(1).shape().elements();
    return lanes.isPresent()
        && step.graph().batch() > 1
        && step.mechanical().rowsTogether(rows.outputs()) > 1
        && new InputLanes(inputs, rows.outputs()).fit();
  }

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    int most = step.choice(operation).sums();
    return interleaved(step, operation).isPresent()
        ? (layer.outFeatures() + most - 1) / most
        : lanes.map(outputs -> outputs.parts(step, operation)).orElse(1);
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return interleaved(step, operation)
        .map(sums -> sums.scratch(step, operation))
        .or(() -> lanes.map(outputs -> outputs.scratch(step, operation)))
        .orElseGet(() -> rows.scratch(step, operation));
  }

  @Override
  public void prepareForward(OperationScope scope) {
    if (interleaved(scope.step(), scope.operation()).isPresent()) {
      return; // the weight is read as it is stored
    }
    if (lanes.isPresent()) {
      lanes.get().prepare(scope);
    } else {
      rows.prepare(scope);
    }
  }

  @Override
  public void forward(OperationScope scope) {
    Optional<InterleavedSums> interleaved = interleaved(scope.step(), scope.operation());
    if (interleaved.isPresent()) {
      interleaved.get().lower(scope);
    } else if (lanes.isPresent()) {
      lanes.get().lower(scope);
    } else {
      rows.forward(scope);
    }
  }

  @Override
  public void inputGradient(OperationScope scope) {
    if (hasInputGradientInLanes(scope.step(), scope.operation())) {
      int inputs = scope.operation().output().shape().elements();
      new InputLanes(inputs, rows.outputs()).inputGradient(scope);
    } else {
      rows.inputGradient(scope);
    }
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    if (hasWeightGradientInLanes(scope.step(), scope.operation())) {
      int inputs = scope.operation().input(1).shape().elements();
      new InputLanes(inputs, rows.outputs()).weightGradient(scope);
    } else {
      rows.weightGradient(scope);
    }
    if (layer.bias()) {
      scope.add(biasGradient(scope, scope.operation().input(0)));
    }
  }

  private Stmt biasGradient(OperationScope scope, Tensor outputGradient) {
    ArrayRef sum = scope.parameterRow(scope.operation().outputs().get(1), Index.of(0));
    IndexVar image = new IndexVar("imageIndex", 0, scope.step().graph().batch() - 1);
    return scope.rowsOfTask(
        1,
        row ->
            new Block(
                List.of(
                    new Fill(sum, 0, layer.outFeatures(), Loops.ZERO),
                    Loops.loop(
                        image,
                        Index.of(0),
                        scope.images(),
                        i ->
                            loop(
                                "j",
                                layer.outFeatures(),
                                j ->
                                    new Store(
                                        sum,
                                        j,
                                        add(
                                            load(sum, j),
                                            load(
                                                scope.rowOfImage(outputGradient, i, Index.of(0)),
                                                j))))))));
  }
}
