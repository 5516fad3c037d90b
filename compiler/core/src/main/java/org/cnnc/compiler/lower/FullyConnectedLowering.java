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

  private final Target target;

  FullyConnectedLowering(FullyConnected layer, Target target) {
    this.layer = layer;
    this.rows = new FullyConnectedRows(layer.outFeatures());
    this.target = target;
  }

  private boolean hasVectors() {
    return target == Target.VECTOR;
  }

  private ForwardSums sums(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    if (!hasVectors()) {
      return rows;
    }
    return step.numeric().algorithms().interleaves(inputs)
        ? new InterleavedSums(inputs, layer.outFeatures())
        : new OutputLanes(layer.outFeatures());
  }

  @Override
  public boolean gainsFromGroups(ScheduledStep step, Operation operation) {
    boolean forward = operation.computation() instanceof Computation.Forward;
    int inputs = (forward ? operation.input(0) : operation.output()).shape().elements();
    boolean severalAtOnce = hasVectors() || step.mechanical().sumsAtOnce() > 1;
    long weight = (long) inputs * layer.outFeatures();
    return severalAtOnce
        && weight >= step.mechanical().sharedWeight()
        && (step.graph().training() || readsWeightAsStored(step, inputs));
  }

  /** Predictions come alone and in groups: both forms then need no order of the weight. */
  private boolean readsWeightAsStored(ScheduledStep step, int inputs) {
    return hasVectors() && step.numeric().algorithms().interleaves(inputs);
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    return Optional.of(sums(step, operation).work(step, operation));
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
    return hasVectors()
        && step.imagesAtOnce(operation) > 1
        && new InputLanes(inputs, rows.outputs()).fitInputGradient();
  }

  private boolean hasWeightGradientInLanes(ScheduledStep step, Operation operation) {
    int inputs = operation.input(1).shape().elements();
    return hasVectors()
        && step.graph().batch() > 1
        && step.mechanical().rowsTogether(rows.outputs()) > 1
        && new InputLanes(inputs, rows.outputs()).fit();
  }

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    return sums(step, operation).parts(step, operation);
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return sums(step, operation).scratch(step, operation);
  }

  @Override
  public void prepareForward(OperationScope scope) {
    sums(scope.step(), scope.operation()).prepare(scope);
  }

  @Override
  public void forward(OperationScope scope) {
    sums(scope.step(), scope.operation()).lower(scope);
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
    GradientRows weight = GradientRows.of(scope, 0);
    if (hasWeightGradientInLanes(scope.step(), scope.operation())) {
      int inputs = scope.operation().input(1).shape().elements();
      new InputLanes(inputs, rows.outputs()).weightGradient(scope, weight);
    } else {
      rows.weightGradient(scope, weight);
    }
    if (layer.bias()) {
      scope.add(biasGradient(scope, scope.operation().input(0), GradientRows.of(scope, 1)));
    }
  }

  private Stmt biasGradient(OperationScope scope, Tensor outputGradient, GradientRows target) {
    ArrayRef sum = target.row(scope, Index.of(0), Index.of(0));
    IndexVar image = new IndexVar("imageIndex", 0, scope.step().graph().batch() - 1);
    Stmt sums =
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
                                load(scope.rowOfImage(outputGradient, i, Index.of(0)), j)))));
    Block start = new Block(List.of(new Fill(sum, 0, layer.outFeatures(), Loops.ZERO), sums));
    return scope.rowsOfTask(1, row -> target.tile(scope, Index.of(0), 1, start));
  }
}
