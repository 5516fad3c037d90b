package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.lower.Kernels.Sums;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Convolution [I, H, W] to [O, H', W'] with weight [O, I, R, C], stride s and padding p, by
 * columns:
 *
 * <pre>
 * y[o][v][u]  = b[o] + sum over r, c, i of x[i][v*s + r - p][u*s + c - p] * w[o][i][r][c]
 * dx[i][v][u] =        sum over r, c, o of dy[o][(v + p - r)/s][(u + p - c)/s] * w[o][i][r][c]   (where it divides)
 * dw[o][i][r][c] =     sum over v, u    of x[i][v*s + r - p][u*s + c - p] * dy[o][v][u]
 * db[o]       =        sum over v, u    of dy[o][v][u]
 * </pre>
 *
 * in these orders of sums. The gradients by weight and bias go on summing over the images of a
 * block.
 */
final class ConvLowering implements OperatorLowering {
  private final Conv2d conv;
  private final Size kernel;
  private final Size stride;

  ConvLowering(Conv2d conv) {
    this.conv = conv;
    this.kernel = conv.window().kernel();
    this.stride = conv.window().stride();
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.input(0);
    return Optional.of(new ConvWork(conv, in.shape(), Form.ROWS).forward(step.pitch(in)));
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.output();
    return Optional.of(new ConvWork(conv, in.shape(), Form.ROWS).inputGradient(step.pitch(in)));
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.input(1);
    ConvWork work = new ConvWork(conv, in.shape(), Form.ROWS);
    return Optional.of(
        WindowGradient.of(operation).map(work::weightGradient).orElseGet(work::weightGradient));
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    Tensor input = operation.input(0);
    return new ConvScratch(conv, input.shape()).forward(step.pitch(input));
  }

  @Override
  public List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    Tensor inputGradient = operation.output();
    return new ConvScratch(conv, inputGradient.shape()).inputGradient(step.pitch(inputGradient));
  }

  @Override
  public List<Scratch> parameterGradientScratch(ScheduledStep step, Operation operation) {
    return new ConvScratch(conv, operation.input(1).shape()).parameterGradient();
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor input = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    Tensor output = scope.operation().output();
    int channels = input.shape().channels();
    ConvGeometry geometry = ConvGeometry.of(conv, input.shape(), scope.step().pitch(input));
    if (geometry.copiesInput()) {
      Buffer padded = scope.scratch(ConvScratch.PADDED);
      scope.add(ConvFrames.padInput(scope, conv, geometry, Planes.rows(padded)));
    }
    if (geometry.usesColumns()) {
      scope.add(fillColumns(scope, input, geometry));
    }
    scope.add(
        loop(
            "outChannel",
            conv.outChannels(),
            channel ->
                new Fill(
                    scope.row(output, channel),
                    0,
                    geometry.columnLength(),
                    Bias.of(scope, channel))));
    scope.add(
        tiles(
            kernel.rows() * kernel.columns() * channels,
            scope.tile(),
            (first, size) ->
                tiles(
                    "outChannel",
                    conv.outChannels(),
                    scope.sumsAtOnce(),
                    (channel, sums) ->
                        scope
                            .kernels()
                            .accumulateTile(
                                new Sums(channel, sums, c -> scope.row(output, c)),
                                first,
                                size,
                                k ->
                                    geometry.usesColumns()
                                        ? row(scope.scratch(ConvScratch.COLUMNS), k)
                                        : scope.row(input, k),
                                (c, k) -> load(scope.parameterRow(weight, c), k),
                                geometry.columnLength()))));
  }

  private Stmt fillColumns(OperationScope scope, Tensor input, ConvGeometry geometry) {
    int channels = input.shape().channels();
    Buffer columns = scope.scratch(ConvScratch.COLUMNS);
    return loop(
        "kernelRow",
        kernel.rows(),
        kernelRow ->
            loop(
                "kernelColumn",
                kernel.columns(),
                kernelColumn ->
                    loop(
                        "inChannel",
                        channels,
                        channel -> {
                          ArrayRef source =
                              geometry.copiesInput()
                                  ? row(scope.scratch(ConvScratch.PADDED), channel)
                                  : scope.row(input, channel);
                          Index tap = kernelRow.times(kernel.columns()).plus(kernelColumn);
                          ArrayRef column = row(columns, tap.times(channels).plus(channel));
                          Index start = kernelRow.times(geometry.sourcePitch()).plus(kernelColumn);
                          return ConvFrames.column(
                              scope, conv, geometry, source, start, column, Index.of(0));
                        })));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    Tensor inputGradient = scope.operation().output();
    TensorShape input = inputGradient.shape();
    ConvGradientGeometry geometry = ConvGradientGeometry.of(conv, input);
    int pitch = scope.step().pitch(inputGradient);
    boolean direct = geometry.pitch() == pitch;

    if (geometry.reachesInput()) {
      Buffer frame = scope.scratch(ConvScratch.PADDED);
      scope.add(ConvFrames.frameGradient(scope, conv, geometry, Planes.rows(frame), frame));
    }
    scope.add(fillGradientColumns(scope, geometry));
    scope.add(
        loop(
            "inChannel",
            input.channels(),
            channel ->
                new Fill(
                    result(scope, inputGradient, channel, direct),
                    0,
                    geometry.length(),
                    Loops.ZERO)));
    Buffer columns = scope.scratch(ConvScratch.COLUMNS);
    Buffer weight = scope.scratch(ConvScratch.TURNED_WEIGHT);
    scope.add(
        tiles(
            kernel.rows() * kernel.columns() * conv.outChannels(),
            scope.tile(),
            (first, size) ->
                tiles(
                    "inChannel",
                    input.channels(),
                    scope.sumsAtOnce(),
                    (channel, sums) ->
                        scope
                            .kernels()
                            .accumulateTile(
                                new Sums(
                                    channel, sums, c -> result(scope, inputGradient, c, direct)),
                                first,
                                size,
                                k -> row(columns, k),
                                (c, k) -> load(row(weight, c), k),
                                geometry.length()))));
    if (!direct) {
      Buffer result = scope.scratch(ConvScratch.RESULT);
      scope.add(
          loop(
              "inChannel",
              input.channels(),
              channel -> ConvFrames.copyResult(scope, geometry, result, channel)));
    }
  }

  private static ArrayRef result(
      OperationScope scope, Tensor inputGradient, Index channel, boolean direct) {
    return direct
        ? scope.row(inputGradient, channel)
        : row(scope.scratch(ConvScratch.RESULT), channel);
  }

  private Stmt fillGradientColumns(OperationScope scope, ConvGradientGeometry geometry) {
    Buffer frame = scope.scratch(ConvScratch.PADDED);
    Buffer columns = scope.scratch(ConvScratch.COLUMNS);
    int last = (kernel.rows() - 1) * geometry.pitch() + kernel.columns() - 1;
    return loop(
        "kernelRow",
        kernel.rows(),
        kernelRow ->
            loop(
                "kernelColumn",
                kernel.columns(),
                kernelColumn ->
                    loop(
                        "outChannel",
                        conv.outChannels(),
                        channel -> {
                          Index tap = kernelRow.times(kernel.columns()).plus(kernelColumn);
                          return new Copy(
                              row(frame, channel),
                              kernelRow
                                  .times(-geometry.pitch())
                                  .plus(kernelColumn.times(-1))
                                  .plus(last),
                              row(columns, tap.times(conv.outChannels()).plus(channel)),
                              Index.of(0),
                              geometry.length());
                        })));
  }

  /**
   * One row an input channel, in the order (kernel row, kernel column, output channel) of the sums.
   */
  @Override
  public void prepareInputGradient(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    int channels = scope.operation().output().shape().channels();
    Buffer turned = scope.scratch(ConvScratch.TURNED_WEIGHT);
    scope.add(
        scope.rowsOfTask(
            channels,
            channel ->
                loop(
                    "k",
                    kernel.rows() * kernel.columns(),
                    tap ->
                        loop(
                            "outChannel",
                            conv.outChannels(),
                            out ->
                                new Store(
                                    row(turned, channel),
                                    tap.times(conv.outChannels()).plus(out),
                                    load(
                                        scope.parameterRow(weight, out),
                                        tap.times(channels).plus(channel)))))));
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor input = scope.operation().input(1);
    if (conv.bias()) {
      scope.add(BiasGradient.ofChannels(scope, outputGradient, scope.operation().outputs().get(1)));
    }
    scope.add(ConvFrames.channelsLast(scope, conv, scope.scratch(ConvScratch.CHANNELS_LAST)));
    scope.add(fillPatches(scope, input.shape()));
    scope.add(
        WindowGradient.of(scope.operation())
            .map(gradient -> sumPatchesAtWindows(scope, gradient, input.shape()))
            .orElseGet(() -> sumPatches(scope, outputGradient, input.shape())));
  }

  /** Of all patches only those where a window has its element, another one in each channel. */
  private Stmt sumPatchesAtWindows(
      OperationScope scope, WindowGradient gradient, TensorShape input) {
    Tensor weightGradient = scope.operation().output();
    Buffer patches = scope.scratch(ConvScratch.PATCHES);
    int width = conv.outputShape(input).width();
    int length = conv.parameters(input).get(0).fanIn();
    return loop(
        "y",
        gradient.shape().height(),
        y ->
            tiles(
                gradient.shape().width(),
                scope.tile(),
                (first, size) ->
                    loop(
                        "outChannel",
                        conv.outChannels(),
                        channel -> {
                          List<Stmt> statements = new ArrayList<>();
                          List<ArrayRef> rows = new ArrayList<>();
                          List<Expr> elements = new ArrayList<>();
                          for (int t = 0; t < size; t++) {
                            Index x = first.plus(t);
                            String name = "place" + t;
                            statements.add(gradient.readPlace(scope, name, channel, y, x));
                            Index pixel = gradient.pixel(y, x, gradient.place(name), width, 1);
                            rows.add(row(patches, pixel));
                            elements.add(gradient.element(scope, channel, y, x));
                          }
                          ArrayRef sum = scope.blockGradientRow(weightGradient, channel);
                          statements.add(scope.kernels().accumulate(sum, rows, elements, length));
                          return new Block(statements);
                        })));
  }

  private Stmt fillPatches(OperationScope scope, TensorShape input) {
    TensorShape output = conv.outputShape(input);
    int channels = input.channels();
    int pitch = ConvFrames.paddedWidth(conv, input) * channels;
    int length = kernel.columns() * channels;
    ArrayRef source = row(scope.scratch(ConvScratch.CHANNELS_LAST), Index.of(0));
    Buffer patches = scope.scratch(ConvScratch.PATCHES);
    return loop(
        "y",
        output.height(),
        y ->
            loop(
                "x",
                output.width(),
                x ->
                    loop(
                        "kernelRow",
                        kernel.rows(),
                        kernelRow ->
                            new Copy(
                                source,
                                y.times(stride.rows() * pitch)
                                    .plus(kernelRow.times(pitch))
                                    .plus(x.times(stride.columns() * channels)),
                                row(patches, y.times(output.width()).plus(x)),
                                kernelRow.times(length),
                                length))));
  }

  private Stmt sumPatches(OperationScope scope, Tensor outputGradient, TensorShape input) {
    TensorShape output = conv.outputShape(input);
    Tensor weightGradient = scope.operation().output();
    Buffer patches = scope.scratch(ConvScratch.PATCHES);
    int pitch = scope.step().pitch(outputGradient);
    int length = conv.parameters(input).get(0).fanIn();
    return loop(
        "y",
        output.height(),
        y ->
            tiles(
                output.width(),
                scope.tile(),
                (first, size) ->
                    tiles(
                        "outChannel",
                        conv.outChannels(),
                        scope.sumsAtOnce(),
                        (channel, sums) ->
                            scope
                                .kernels()
                                .accumulateTile(
                                    new Sums(
                                        channel,
                                        sums,
                                        c -> scope.blockGradientRow(weightGradient, c)),
                                    first,
                                    size,
                                    x -> row(patches, y.times(output.width()).plus(x)),
                                    (c, x) ->
                                        load(scope.row(outputGradient, c), y.times(pitch).plus(x)),
                                    length))));
  }
}
