package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.memory.PartialSums;
import org.cnnc.compiler.memory.Plane;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepScalar;
import org.cnnc.compiler.train.Tensor;

/**
 * What the lowering of one operation sees: its tensors where memory has put them, the indices it
 * may use, and the function that it fills with statements. An index becomes a parameter of the
 * function when it is used.
 */
final class OperationScope {
  private final ScheduledStep step;
  private final MemoryPlan memory;
  private final Kernels kernels;
  private final Operation operation;
  private final List<Stmt> statements = new ArrayList<>();
  private final List<IndexVar> parameters = new ArrayList<>();

  OperationScope(ScheduledStep step, MemoryPlan memory, Kernels kernels, Operation operation) {
    this.step = step;
    this.memory = memory;
    this.kernels = kernels;
    this.operation = operation;
  }

  ScheduledStep step() {
    return step;
  }

  Operation operation() {
    return operation;
  }

  Kernels kernels() {
    return kernels;
  }

  /** Most sums that the kernels of the operation hold at once. */
  int tile() {
    return step.choice(operation).sums();
  }

  /** Where sums are rows in memory: of how many a loop adds to each. */
  int sumsAtOnce() {
    return step.choice(operation).vectors();
  }

  void add(Stmt statement) {
    statements.add(statement);
  }

  boolean isEmpty() {
    return statements.isEmpty();
  }

  /** The image at hand: 0 .. batch - 1. */
  Index imageIndex() {
    return parameter(new IndexVar("imageIndex", 0, step.graph().batch() - 1));
  }

  /** The block of images at hand. */
  Index block() {
    return parameter(new IndexVar("block", 0, step.numeric().imageBlocks() - 1));
  }

  /** The place of the image at hand in its group. */
  static IndexVar inGroup(int images) {
    return new IndexVar("imageInGroup", 0, images - 1);
  }

  /** The place of the last image of a group, of which the image at hand is the first. */
  static IndexVar lastInGroup(int images) {
    return new IndexVar("lastInGroup", 0, images - 1);
  }

  private Index imageInGroup() {
    return parameter(inGroup(step.phase(operation).group()));
  }

  /** How many images the group at hand has: 1 to as many as are computed at once. */
  Index imagesOfGroup() {
    return lastInGroup().plus(1);
  }

  private Index lastInGroup() {
    return parameter(lastInGroup(step.phase(operation).group()));
  }

  /** The part of an image's work that a task does, where images are cut. */
  static IndexVar partOf(int parts) {
    return new IndexVar("part", 0, parts - 1);
  }

  /** Covers what {@link Loops#tiles} would, but only the share of the part at hand. */
  Stmt tilesOfPart(int count, int most, Loops.TileBody body) {
    return Loops.tiles(count, most, this::loopOfPart, body);
  }

  /** A loop from 0 to {@code extent - 1}, but only the share of the part at hand. */
  Stmt loopOfPart(String name, int extent, Function<Index, Stmt> body) {
    int parts = step.parts(operation);
    if (parts == 1) {
      return Loops.loop(name, extent, body);
    }
    Index part = parameter(partOf(parts));
    Index begin = part.times(extent).dividedBy(parts);
    Index end = part.plus(1).times(extent).dividedBy(parts);
    return Loops.loop(new IndexVar(name, 0, extent - 1), begin, end, body);
  }

  /** The task of a phase that is cut by rows of the parameters. */
  Index task() {
    return parameter(new IndexVar("task", 0, step.mechanical().parameterTasks() - 1));
  }

  /** The number of images of the step. */
  Index images() {
    return parameter(new IndexVar("n", 1, step.mostImages()));
  }

  private Index parameter(IndexVar variable) {
    if (!parameters.contains(variable)) {
      parameters.add(variable);
    }
    return variable;
  }

  /**
   * Puts statements into a function of their own, because C2 compiles one hot loop a method best.
   *
   * @param name of the function, after the operation's
   * @param argument what {@code body} gets: its value if there is only one, else as a parameter of
   *     the function
   * @return the call
   */
  Stmt inFunction(
      String name, String comment, Index argument, BiConsumer<OperationScope, Index> body) {
    OperationScope inner = new OperationScope(step, memory, kernels, operation);
    IndexVar parameter = new IndexVar("first", argument.min(), argument.max());
    boolean constant = argument.min() == argument.max();
    body.accept(inner, constant ? Index.of(argument.min()) : inner.parameter(parameter));
    LoopFunction function =
        kernels.add(unique -> inner.function(unique, comment), operation.name() + "." + name);
    List<Argument> arguments = new ArrayList<>();
    for (IndexVar variable : inner.parameters) {
      arguments.add(
          new Argument.Integer(variable.equals(parameter) ? argument : parameter(variable)));
    }
    return new Invoke(function.name(), arguments);
  }

  Plane plane(Tensor tensor) {
    return memory.plane(tensor);
  }

  /** Row of a value, or a value's gradient, of the image at hand: a channel, or 0 for a vector. */
  ArrayRef row(Tensor tensor, Index channel) {
    Plane plane = plane(tensor);
    return switch (plane.images()) {
      case ONE -> row(plane.buffer(), channel);
      case GROUP -> row(plane.buffer(), imageInGroup().times(plane.rowsPerImage()).plus(channel));
      case ALL -> rowOfImage(tensor, imageIndex(), channel);
    };
  }

  /** The row of a vector of the image at hand. */
  ArrayRef row(Tensor vector) {
    return row(vector, Index.of(0));
  }

  /**
   * The row of a vector of an image of the group at hand; past the last one, of the last one. Where
   * images are not computed at once, that of the only image at hand.
   */
  ArrayRef rowOfGroup(Tensor vector, Index image) {
    if (step.imagesAtOnce(operation) == 1) {
      return row(vector);
    }
    Plane plane = plane(vector);
    Index within = image.minimum(lastInGroup());
    return switch (plane.images()) {
      case GROUP -> row(plane.buffer(), within);
      case ALL -> {
        Index last = Index.of(step.graph().batch() - 1); // only to be known to be in bounds
        yield rowOfImage(vector, imageIndex().plus(within).minimum(last), Index.of(0));
      }
      case ONE -> throw new InternalCompilerError(vector.name() + " is there for one image");
    };
  }

  /** Row of a value that every image of the batch has. */
  ArrayRef rowOfImage(Tensor tensor, Index image, Index channel) {
    Plane plane = plane(tensor);
    return row(plane.buffer(), image.times(plane.rowsPerImage()).plus(channel));
  }

  /** A row of a buffer. */
  static ArrayRef row(Buffer buffer, Index row) {
    return new BufferRow(buffer, buffer.isSingleRow() ? Index.of(0) : row);
  }

  static Expr load(ArrayRef array, Index index) {
    return new Load(array, index, ValueType.SCALAR);
  }

  /** Row of a parameter, its gradient or a state. */
  ArrayRef parameterRow(Tensor tensor, Index row) {
    return row(parameterBuffer(tensor), row);
  }

  Buffer parameterBuffer(Tensor tensor) {
    return memory.parameter(tensor).buffer();
  }

  /** Row of the gradient of a parameter that the block at hand sums into. */
  ArrayRef blockGradientRow(Tensor gradient, Index row) {
    Optional<PartialSums> partial = partialSums(gradient);
    return partial.isPresent()
        ? row(partial.get().buffer(), block().times(partial.get().rows()).plus(row))
        : parameterRow(gradient, row);
  }

  /** Whether a gradient is nowhere but in its partial sums. */
  boolean isInBlocksAlone(Tensor gradient) {
    return memory.isInBlocksAlone(gradient);
  }

  /** The partial sums of a gradient, where they are stored in other places than the gradient. */
  Optional<PartialSums> partialSums(Tensor gradient) {
    return Optional.ofNullable(memory.partialSums().get(gradient.id()));
  }

  /**
   * Floats from one kernel row of a convolution's weight gradient to the next, where they are
   * summed.
   *
   * @param length floats of a kernel row
   */
  int piecePitch(Tensor gradient, int length) {
    return partialSums(gradient)
        .filter(sums -> sums.pieces() > 1)
        .map(PartialSums::piecePitch)
        .orElse(length);
  }

  Buffer scratch(String name) {
    return memory.scratch(operation, name);
  }

  /** A tensor of one number an image, as one array over the images. */
  ArrayRef numbers(Tensor tensor) {
    return row(memory.perImage().get(tensor.id()), Index.of(0));
  }

  Expr scalar(StepScalar scalar) {
    ArrayRef scalars = row(memory.stepScalars().get(0), Index.of(0));
    return load(scalars, Index.of(scalar.place()));
  }

  /** Runs {@code body} for the rows, of {@code rows} in all, that belong to the task at hand. */
  Stmt rowsOfTask(int rows, Function<Index, Stmt> body) {
    int together = step.mechanical().rowsTogether(rows);
    TaskShare tiles = shareOfTask((rows + together - 1) / together, together);
    Index begin = tiles.begin().times(together);
    Index end = tiles.end().times(together).minimum(Index.of(rows));
    return Loops.loop(new IndexVar("row", 0, rows - 1), begin, end, body);
  }

  /** The same in tiles of the rows that a task has together; the last one may be smaller. */
  Stmt rowTilesOfTask(int rows, Loops.TileBody body) {
    int together = step.mechanical().rowsTogether(rows);
    int whole = rows / together;
    int rest = rows % together;
    TaskShare tiles = shareOfTask((rows + together - 1) / together, together);
    List<Stmt> all = new ArrayList<>();
    if (whole > 0) {
      all.add(
          Loops.loop(
              new IndexVar("rows", 0, whole - 1),
              tiles.begin(),
              tiles.end().minimum(Index.of(whole)),
              tile -> body.of(tile.times(together), together)));
    }
    if (rest > 0) { // the last task has the last tile
      TaskShare last = shareOfTask(1, rest);
      all.add(
          Loops.loop(
              new IndexVar("rows", 0, 0),
              last.begin(),
              last.end(),
              tile -> body.of(Index.of(whole * together), rest)));
    }
    return Loops.block(all);
  }

  /** Tiles of rows that belong to the task at hand. */
  private record TaskShare(Index begin, Index end) {}

  private TaskShare shareOfTask(int tiles, int rowsTogether) {
    int tasks = step.mechanical().parameterTasks();
    Math.toIntExact((long) tiles * rowsTogether * tasks); // no index may be larger
    Index begin = task().times(tiles).dividedBy(tasks);
    return new TaskShare(begin, task().plus(1).times(tiles).dividedBy(tasks));
  }

  /** The function with all statements added. */
  LoopFunction function(String name, String comment) {
    List<Parameter> list = new ArrayList<>();
    parameters.forEach(variable -> list.add(new Parameter.Integer(variable)));
    return new LoopFunction(name, list, new Block(statements), comment, operation.line());
  }

  /** A call of that function with the caller's indices of the same names. */
  Invoke call(String name) {
    List<Argument> arguments = new ArrayList<>();
    parameters.forEach(variable -> arguments.add(new Argument.Integer(variable)));
    return new Invoke(name, arguments);
  }

  List<IndexVar> parameters() {
    return parameters;
  }
}
