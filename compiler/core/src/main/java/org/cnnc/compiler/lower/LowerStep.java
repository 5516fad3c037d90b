package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.MemberNames;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.LoopNeeds;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/**
 * Makes the loop program of a step: a function an operation, and for each phase a function that
 * calls them.
 *
 * <p>The first phase, "prepare", brings parameters into the orders that kernels read. A
 * prediction's other phase is "forward", one task for one image or a group of them. In training,
 * the tasks of an image-wise phase are blocks of images (each cut into groups, where some
 * operations are computed for a group at once), or parts of the only image (then a phase "clear"
 * comes before), those of a phase over parameters are slices of the rows of every parameter.
 */
public final class LowerStep {
  /** Name of the phase that brings parameters into order. */
  public static final String PREPARE = "prepare";

  private static final String FORWARD = "forward";

  private final ScheduledStep step;
  private final MemoryPlan memory;
  private final Kernels kernels = new Kernels(this::uniqueName);
  private final List<LoopFunction> functions = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final IndexVar images;

  private LowerStep(ScheduledStep step, MemoryPlan memory) {
    this.step = step;
    this.memory = memory;
    this.images = new IndexVar("n", 1, step.mostImages());
  }

  public static LoopProgram apply(ScheduledStep step, MemoryPlan memory) {
    return new LowerStep(step, memory).lower();
  }

  /** What the loops of operations will be. */
  public static LoopNeeds needs() {
    return new LoopNeeds() {
      @Override
      public boolean gainsFromGroups(ScheduledStep step, Operation operation) {
        return LowerOperation.gainsFromGroups(step, operation);
      }

      @Override
      public boolean storesActivated(ScheduledStep step, Activation activation) {
        return StoredValue.canBeActivated(step, activation);
      }

      @Override
      public Optional<KernelWork> work(ScheduledStep step, Operation operation) {
        return LowerOperation.work(step, operation);
      }

      @Override
      public int mostParts(ScheduledStep step, Operation operation) {
        return LowerOperation.mostParts(step, operation);
      }

      @Override
      public List<Scratch> scratch(ScheduledStep step, Operation operation) {
        return LowerOperation.scratch(step, operation);
      }
    };
  }

  private LoopProgram lower() {
    addPrepare();
    if (isCut()) {
      addClearingPhase();
    }
    for (StepPhase phase : step.phases()) {
      if (!step.graph().training()) {
        addForward(phase);
      } else if (phase.granularity() == Granularity.IMAGE) {
        addImages(phase);
      } else {
        addParameters(phase);
      }
    }
    List<LoopFunction> all = new ArrayList<>(kernels.functions());
    all.addAll(functions);
    return new LoopProgram(
        step.graph().network().name(), step.mostImages(), memory.buffers(), all, phases);
  }

  private void addPrepare() {
    List<Stmt> calls = new ArrayList<>();
    for (StepPhase phase : step.phases()) {
      for (Operation operation : phase.operations()) {
        OperationScope scope = scope(operation);
        LowerOperation.prepareInto(scope);
        if (!scope.isEmpty()) {
          String comment =
              "Puts the weight of " + operation.layer() + " into the order that it is read in.";
          calls.add(addFunction(scope, operation.name() + ".prepare", comment));
        }
      }
    }
    addPhase(PREPARE, step.mechanical().parameterTasks(), calls);
  }

  private void addForward(StepPhase phase) {
    List<Stmt> calls = new ArrayList<>();
    if (phase.group() > 1) {
      for (StepPhase.Run run : phase.runs()) {
        calls.addAll(run.together() ? forwardTogether(phase, run) : forwardEach(phase, run));
      }
    } else {
      phase.operations().forEach(operation -> calls.add(addOperation(operation)));
    }
    addPhase(step.phases().size() == 1 ? FORWARD : phase.name(), 1, calls);
  }

  private List<Stmt> forwardEach(StepPhase phase, StepPhase.Run run) {
    IndexVar inGroup = OperationScope.inGroup(phase.group());
    List<Passed> passed = List.of(new Passed(inGroup, inGroup));
    Stmt call =
        addRun(phase.name() + ".image", "Some layers for one image.", run.operations(), passed);
    return List.of(new For(inGroup, Index.of(0), images, For.Kind.SERIAL, call));
  }

  /** One of two ways: a single image need not compute the places of a whole group. */
  private List<Stmt> forwardTogether(StepPhase phase, StepPhase.Run run) {
    Stmt ofOne =
        addRun(
            step.forGroupsOfOne(),
            phase.name() + ".one",
            "Some layers for the only image.",
            run.operations(),
            List.of(new Passed(OperationScope.inGroup(phase.group()), Index.of(0))));
    Stmt ofSeveral =
        addRun(
            phase.name() + ".group",
            "Some layers for a group of images.",
            run.operations(),
            List.of(new Passed(OperationScope.lastInGroup(phase.group()), images.plus(-1))));
    Index several = images.minimum(Index.of(2)).plus(-1);
    return List.of(
        whether("alone", several.times(-1).plus(1), ofOne), whether("several", several, ofSeveral));
  }

  /** A statement that is run or left out, as {@code times} is 1 or 0. */
  private static Stmt whether(String name, Index times, Stmt body) {
    return new For(new IndexVar(name, 0, 0), Index.of(0), times, For.Kind.SERIAL, body);
  }

  private void addImages(StepPhase phase) {
    int parts = phase.parts();
    int tasks = Math.multiplyExact(step.numeric().imageBlocks(), parts);
    Index task = new IndexVar("task", 0, tasks - 1);
    Index block = task.dividedBy(parts);
    List<Stmt> body = new ArrayList<>(isCut() ? List.of() : addClearing(phase));
    if (phase.group() > 1) {
      body.add(groups(phase, block));
    } else {
      List<Passed> passed = new ArrayList<>();
      IndexVar image = imageIndex();
      passed.add(new Passed(image, image));
      passed.add(new Passed(blockIndex(), block));
      if (parts > 1) {
        passed.add(new Passed(OperationScope.partOf(parts), task.remainder(parts)));
      }
      String comment =
          isCut()
              ? "Some layers for one image."
              : "All layers for one image, forward and backward.";
      Stmt call = addRun(phase.name() + ".image", comment, phase.operations(), passed);
      Index begin = block.times(step.numeric().imagesPerBlock());
      Index end = begin.plus(step.numeric().imagesPerBlock()).minimum(images);
      body.add(new For(image, begin, end, For.Kind.SERIAL, call));
    }
    addPhase(phase.name(), tasks, body);
  }

  private IndexVar imageIndex() {
    return new IndexVar("imageIndex", 0, step.graph().batch() - 1);
  }

  private IndexVar blockIndex() {
    return new IndexVar("block", 0, step.numeric().imageBlocks() - 1);
  }

  /** The groups of a block's images, each through one run of operations after the other. */
  private Stmt groups(StepPhase phase, Index block) {
    int size = phase.group();
    int perBlock = step.numeric().imagesPerBlock();
    int most = (perBlock + size - 1) / size;
    Index blockBegin = block.times(perBlock);
    // Groups of what is left of the batch; whole groups ahead keep the quotient above zero.
    int ahead = (step.graph().batch() + size - 1) / size;
    Index left = images.plus(blockBegin.times(-1)).plus(ahead * size + size - 1);
    Index count = left.dividedBy(size).plus(-ahead).minimum(Index.of(most));
    IndexVar group = new IndexVar("group", 0, most - 1);
    Index begin = blockBegin.plus(group.times(size));
    Index imagesOfGroup =
        Index.of(size)
            .minimum(Index.of(perBlock).plus(group.times(-size)))
            .minimum(images.plus(begin.times(-1)));
    List<Stmt> runs = new ArrayList<>();
    for (StepPhase.Run run : phase.runs()) {
      runs.add(
          run.together()
              ? addTogether(phase, run, begin, imagesOfGroup)
              : addImageByImage(phase, run, block, begin, imagesOfGroup));
    }
    return new For(group, Index.of(0), count, For.Kind.SERIAL, new Block(runs));
  }

  private Stmt addTogether(StepPhase phase, StepPhase.Run run, Index begin, Index imagesOfGroup) {
    // No group is empty, but that does not follow from the ranges: the larger of last and 0.
    Index last = imagesOfGroup.plus(-1).times(-1).minimum(Index.of(0)).times(-1);
    List<Passed> passed =
        List.of(
            new Passed(imageIndex(), inBatch(begin)),
            new Passed(OperationScope.lastInGroup(phase.group()), last));
    return addRun(
        phase.name() + ".group", "Some layers for a group of images.", run.operations(), passed);
  }

  private Stmt addImageByImage(
      StepPhase phase, StepPhase.Run run, Index block, Index begin, Index imagesOfGroup) {
    IndexVar inGroup = OperationScope.inGroup(phase.group());
    List<Passed> passed =
        List.of(
            new Passed(imageIndex(), inBatch(begin.plus(inGroup))),
            new Passed(blockIndex(), block),
            new Passed(inGroup, inGroup));
    Stmt call =
        addRun(phase.name() + ".image", "Some layers for one image.", run.operations(), passed);
    return new For(inGroup, Index.of(0), imagesOfGroup, For.Kind.SERIAL, call);
  }

  /** The same number, known to be that of an image. */
  private Index inBatch(Index image) {
    return image.minimum(Index.of(step.graph().batch() - 1));
  }

  /** A parameter of a function, and what it is called with. */
  private record Passed(IndexVar parameter, Index argument) {}

  /**
   * Adds a function that calls those of some operations; returns its call. A single operation is
   * called as it is: C2 would compile it once more as a part of a function around it.
   */
  private Invoke addRun(
      String wantedName, String comment, List<Operation> operations, List<Passed> passed) {
    return addRun(step, wantedName, comment, operations, passed);
  }

  /** As above, of operations that are computed as another form of the step has it. */
  private Invoke addRun(
      ScheduledStep form,
      String wantedName,
      String comment,
      List<Operation> operations,
      List<Passed> passed) {
    if (operations.size() == 1) {
      return with(passed, addOperation(form, operations.get(0)));
    }
    List<Stmt> calls = new ArrayList<>();
    operations.forEach(operation -> calls.add(addOperation(form, operation)));
    String name = uniqueName(wantedName);
    List<Parameter> parameters = new ArrayList<>();
    List<Argument> arguments = new ArrayList<>();
    for (Passed one : passed) {
      parameters.add(new Parameter.Integer(one.parameter()));
      arguments.add(new Argument.Integer(one.argument()));
    }
    functions.add(new LoopFunction(name, parameters, new Block(calls), comment, 0));
    return new Invoke(name, arguments);
  }

  /** A call of an operation's function, whose arguments are parameters that are passed. */
  private static Invoke with(List<Passed> passed, Invoke call) {
    List<Argument> arguments = new ArrayList<>();
    for (Argument argument : call.arguments()) {
      Index parameter = ((Argument.Integer) argument).value();
      Passed found =
          passed.stream()
              .filter(one -> one.parameter().equals(parameter))
              .findFirst()
              .orElseThrow();
      arguments.add(new Argument.Integer(found.argument()));
    }
    return new Invoke(call.function(), arguments);
  }

  /** Whether images are cut into parts: then no task may clear what another one sums. */
  private boolean isCut() {
    return step.phases().stream().anyMatch(phase -> phase.parts() > 1);
  }

  private void addClearingPhase() {
    List<Stmt> calls = new ArrayList<>();
    for (StepPhase phase : step.phases()) {
      calls.addAll(addClearing(phase));
    }
    addPhase("clear", step.numeric().imageBlocks(), calls);
  }

  /** Sets the sums of a block to zero before its first image. */
  private List<Stmt> addClearing(StepPhase phase) {
    List<Stmt> calls = new ArrayList<>();
    for (Operation operation : phase.operations()) {
      if (operation.computation() instanceof Computation.ParameterGradient
          && operation.computation().granularity() == Granularity.IMAGE) {
        OperationScope scope = scope(operation);
        operation.outputs().forEach(gradient -> GradientSums.clearBlock(scope, gradient));
        String comment = "Clears the gradients of " + operation.layer() + " for a block of images.";
        Invoke call = addFunction(scope, operation.layer() + ".clear_gradients", comment);
        boolean usesBlock = !call.arguments().isEmpty();
        IndexVar task = new IndexVar("task", 0, step.numeric().imageBlocks() - 1);
        calls.add(
            usesBlock ? new Invoke(call.function(), List.of(new Argument.Integer(task))) : call);
      }
    }
    return calls;
  }

  private void addParameters(StepPhase phase) {
    List<Stmt> calls = new ArrayList<>(addCombining(phase));
    phase.operations().forEach(operation -> calls.add(addOperation(operation)));
    addPhase(phase.name(), step.mechanical().parameterTasks(), calls);
  }

  /** Adds up the blocks' sums of the gradients that this phase uses, where updates do not. */
  private List<Stmt> addCombining(StepPhase phase) {
    List<Stmt> calls = new ArrayList<>();
    for (Operation operation : phase.operations()) {
      for (Tensor input : operation.inputs()) {
        OperationScope scope = scope(operation);
        if (input.role() == Role.PARAMETER_GRADIENT
            && scope.partialSums(input).isPresent()
            && !memory.isInBlocksAlone(input)) {
          GradientSums.combineBlocks(scope, input, scope.partialSums(input).get());
          String comment =
              "Adds the gradients of all blocks, " + input.name() + " " + input.dims() + ".";
          calls.add(addFunction(scope, input.name() + ".combine", comment));
        }
      }
    }
    return calls;
  }

  private Invoke addOperation(Operation operation) {
    return addOperation(step, operation);
  }

  private Invoke addOperation(ScheduledStep form, Operation operation) {
    OperationScope scope = new OperationScope(form, memory, kernels, operation);
    LowerOperation.into(scope);
    return addFunction(scope, operation.name(), OperationComments.of(operation));
  }

  private OperationScope scope(Operation operation) {
    return new OperationScope(step, memory, kernels, operation);
  }

  private Invoke addFunction(OperationScope scope, String name, String comment) {
    String unique = uniqueName(name);
    functions.add(scope.function(unique, comment));
    return scope.call(unique);
  }

  private void addPhase(String name, int tasks, List<Stmt> body) {
    IndexVar task = new IndexVar("task", 0, tasks - 1);
    String function = uniqueName(name + ".task");
    functions.add(
        new LoopFunction(
            function,
            List.of(new Parameter.Integer(task), new Parameter.Integer(images)),
            new Block(body),
            (tasks == 1 ? "The phase " : "One of the " + tasks + " tasks of the phase ")
                + name
                + ".",
            0));
    phases.add(new Phase(name, function, tasks));
  }

  private String uniqueName(String name) {
    String base = MemberNames.of(name);
    String candidate = base;
    for (int i = 2; MemberNames.isTakenByPrograms(candidate) || !names.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }
}
