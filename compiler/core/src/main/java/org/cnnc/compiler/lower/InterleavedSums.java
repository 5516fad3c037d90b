package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Tiles;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The forward pass of a layer from many inputs, for the vector target: the partial sums that {@link
 * NumericSchedule} makes of each sum are the lanes. So the weight is read as it is stored, and
 * nothing of it is kept twice.
 *
 * @param inputs of the layer
 * @param outputs of the layer
 */
record InterleavedSums(int inputs, int outputs) implements ForwardSums {
  private static final String PARTIAL_SUMS = "partialSums";
  private static final int LANES = NumericSchedule.PARTIAL_SUMS;

  /** Floats of all images at hand: half of the nearest cache. */
  private static final int STRETCH = 4096;

  @Override
  public KernelWork work(ScheduledStep step, Operation operation) {
    int images = step.imagesAtOnce(operation);
    long multiplyAdds = Math.multiplyExact(Math.multiplyExact((long) inputs, outputs), images);
    return new KernelWork(
        Form.PAIRS,
        new Axes("outputs", "inputs", "partial sums"),
        outputs,
        (inputs + LANES - 1) / LANES,
        images * LANES,
        1,
        multiplyAdds,
        Copies.NONE,
        images);
  }

  @Override
  public List<Scratch> scratch(ScheduledStep step, Operation operation) {
    int sums = Math.multiplyExact(step.imagesAtOnce(operation), outputs);
    return List.of(
        new Scratch(PARTIAL_SUMS, 1, Math.multiplyExact(sums, LANES), Lifetime.OPERATION));
  }

  @Override
  public int parts(ScheduledStep step, Operation operation) {
    int most = step.choice(operation).sums();
    return (outputs + most - 1) / most;
  }

  private static ArrayRef sumsArray(OperationScope scope) {
    return row(scope.scratch(PARTIAL_SUMS), Index.of(0));
  }

  /** Where the partial sums of an image and output begin. */
  private Index partialSumsAt(Index image, Index output) {
    return image.times(outputs).plus(output).times(LANES);
  }

  @Override
  public void lower(OperationScope scope) {
    scope.add(eachSum(scope, (image, output) -> begin(scope, image, output)));
    int most = roundsOfStretch(scope);
    scope.add(
        loop("stretch", (inputs / LANES + most - 1) / most, stretch -> addStretch(scope, stretch)));
    scope.add(eachSum(scope, (image, output) -> result(scope, image, output)));
  }

  /** What is done for the sum of an image and an output. */
  private interface SumBody {
    Stmt of(Index image, Index output);
  }

  private Stmt eachSum(OperationScope scope, SumBody body) {
    boolean whole = scope.step().parts(scope.operation()) == 1;
    return loop(
        "image",
        scope.step().imagesAtOnce(scope.operation()),
        image ->
            whole
                ? loop("output", outputs, output -> body.of(image, output))
                : scope.tilesOfPart(
                    outputs,
                    scope.tile(),
                    (first, size) ->
                        loop("output", size, next -> body.of(image, first.plus(next)))));
  }

  /** The first partial sum begins with the bias. */
  private Stmt begin(OperationScope scope, Index image, Index output) {
    IndexVar lane = new IndexVar("lane", 0, LANES - 1);
    Index place = partialSumsAt(image, output);
    Stmt zero = new Store(sumsArray(scope), place.plus(lane), new Broadcast(Loops.ZERO));
    Stmt zeros = new For(lane, Index.of(0), Index.of(LANES), For.Kind.VECTOR, zero);
    return Bias.row(scope)
        .map(biases -> new Store(sumsArray(scope), place, load(biases, output)))
        .<Stmt>map(first -> new Block(List.of(zeros, first)))
        .orElse(zeros);
  }

  /**
   * Rounds of a stretch: the inputs are taken in stretches that stay in the nearest cache, for all
   * images at hand, until all outputs have had them.
   */
  private int roundsOfStretch(OperationScope scope) {
    int images = scope.step().imagesAtOnce(scope.operation());
    int rounds = inputs / LANES;
    int most = Math.max(1, STRETCH / (images * LANES));
    int stretches = (rounds + most - 1) / most;
    return (rounds + stretches - 1) / stretches;
  }

  /** The tiles of {@link OperationScope#tilesOfPart}, those of each size in a function. */
  private Stmt addStretch(OperationScope scope, Index stretch) {
    Tiles tiles = Tiles.of(outputs, scope.tile());
    int large = tiles.largeTiles() * tiles.size();
    List<Stmt> calls = new ArrayList<>();
    if (tiles.largeTiles() > 0) {
      calls.add(addStretch(scope, stretch, 0, tiles.largeTiles(), tiles.size()));
    }
    if (tiles.smallTiles() > 0) {
      calls.add(addStretch(scope, stretch, large, tiles.smallTiles(), tiles.size() - 1));
    }
    return Loops.block(calls);
  }

  private Stmt addStretch(
      OperationScope scope, Index stretch, int firstOutput, int tiles, int size) {
    return scope.inFunction(
        "outputs" + size,
        size + (size == 1 ? " output" : " outputs") + " at once, inputs in lanes.",
        stretch,
        (inner, number) ->
            inner.add(
                inner.loopOfPart(
                    "tile",
                    tiles,
                    tile -> kernel(inner, number, tile.times(size).plus(firstOutput), size))));
  }

  /** Adds to the sums of some outputs and all images at hand, in registers meanwhile. */
  private Stmt kernel(OperationScope scope, Index stretch, Index first, int size) {
    Tensor input = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    int images = scope.step().imagesAtOnce(scope.operation());
    int rounds = inputs / LANES;
    int ofStretch = roundsOfStretch(scope);
    IndexVar lane = new IndexVar("lane", 0, LANES - 1);
    IndexVar round = new IndexVar("round", 0, rounds - 1);
    List<Stmt> all = new ArrayList<>();
    all.addAll(arrays("in", images, image -> scope.rowOfGroup(input, Index.of(image))));
    all.addAll(arrays("weight", size, output -> scope.parameterRow(weight, first.plus(output))));
    List<Stmt> body = new ArrayList<>();
    for (int sum = 0; sum < images * size; sum++) {
      Index place = placeOf(sum, first, size, lane);
      Expr soFar = new Load(sumsArray(scope), place, ValueType.VECTOR);
      body.add(new Let(sum(sum).name(), soFar));
    }
    body.add(
        Loops.loop(
            round,
            stretch.times(ofStretch),
            stretch.plus(1).times(ofStretch).minimum(Index.of(rounds)),
            r ->
                multiplyAdds(
                    image -> scope.rowOfGroup(input, Index.of(image)).length(),
                    scope.parameterBuffer(weight).length(),
                    round.times(LANES).plus(lane),
                    images,
                    size)));
    for (int sum = 0; sum < images * size; sum++) {
      body.add(new Store(sumsArray(scope), placeOf(sum, first, size, lane), sum(sum)));
    }
    all.add(new For(lane, Index.of(0), Index.of(LANES), For.Kind.VECTOR, new Block(body)));
    return new Block(all);
  }

  /** Of the sum that is that one in a tile, images outermost. */
  private Index placeOf(int sum, Index first, int size, Index lane) {
    int ahead = Math.addExact(Math.multiplyExact(sum / size, outputs), sum % size) * LANES;
    return first.times(LANES).plus(lane).plus(ahead);
  }

  private static List<Stmt> arrays(String name, int count, IntFunction<ArrayRef> array) {
    List<Stmt> bound = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bound.add(new LetArray(name + i, array.apply(i)));
    }
    return bound;
  }

  private static Stmt multiplyAdds(
      IntFunction<Integer> inputLength, int weightLength, Index place, int images, int size) {
    List<Stmt> body = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      ArrayVar in = new ArrayVar("in" + image, inputLength.apply(image));
      body.add(new Let(element(image).name(), new Load(in, place, ValueType.VECTOR)));
    }
    for (int output = 0; output < size; output++) {
      ArrayVar weights = new ArrayVar("weight" + output, weightLength);
      Var factor = new Var("factor" + output, ValueType.VECTOR);
      body.add(new Let(factor.name(), new Load(weights, place, ValueType.VECTOR)));
      for (int image = 0; image < images; image++) {
        Var sum = sum(image * size + output);
        body.add(new Assign(sum.name(), new Fma(element(image), factor, sum)));
      }
    }
    return new Block(body);
  }

  private static Var element(int image) {
    return new Var("element" + image, ValueType.VECTOR);
  }

  private static Var sum(int number) {
    return new Var("sum" + number, ValueType.VECTOR);
  }

  /** The inputs that are left over go to the first partial sums; then all are added. */
  private Stmt result(OperationScope scope, Index image, Index output) {
    Tensor input = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    Index begin = partialSumsAt(image, output);
    int whole = inputs / LANES * LANES;
    List<Stmt> statements = new ArrayList<>();
    if (whole < inputs) {
      statements.add(
          loop(
              "rest",
              inputs - whole,
              rest ->
                  new Store(
                      sumsArray(scope),
                      begin.plus(rest),
                      new Fma(
                          load(scope.rowOfGroup(input, image), rest.plus(whole)),
                          load(scope.parameterRow(weight, output), rest.plus(whole)),
                          load(sumsArray(scope), begin.plus(rest))))));
    }
    Expr sum = sumOf(partial -> load(sumsArray(scope), begin.plus(partial)));
    statements.add(new Store(scope.rowOfGroup(scope.operation().output(), image), output, sum));
    return Loops.block(statements);
  }

  /** The sum of the partial sums, in the order that is the same everywhere: halves are added. */
  static Expr sumOf(IntFunction<Expr> partial) {
    List<Expr> sums = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      sums.add(partial.apply(i));
    }
    while (sums.size() > 1) {
      int half = sums.size() / 2;
      List<Expr> halves = new ArrayList<>();
      for (int i = 0; i < half; i++) {
        halves.add(add(sums.get(i), sums.get(i + half)));
      }
      sums = halves;
    }
    return sums.get(0);
  }
}
