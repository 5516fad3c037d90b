package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/** Chooses schedules and layouts, and cuts a step into phases. */
public final class ScheduleStep {
  /** Loops in lanes are written, not found by C2: they may always add to several rows of sums. */
  private static final int ROWS_OF_SUMS_IN_LANES = 4;

  private ScheduleStep() {}

  /**
   * Decides everything but memory.
   *
   * @param needs asked for each operation what its loops will be
   */
  public static ScheduledStep apply(
      StepGraph graph, AlgorithmRule algorithms, MechanicalSchedule mechanical, LoopNeeds needs) {
    ScheduledStep layouts =
        GroupImages.apply(fuse(layouts(graph, algorithms, mechanical), needs), needs);
    ScheduledStep kernels =
        layouts
            .withKernels(kernels(layouts, layouts.graph().operations(), needs))
            .withKernelsOfOne(kernelsOfOne(layouts, needs));
    ScheduledStep tiled = CutImages.apply(kernels, needs);
    Map<String, List<Scratch>> scratch = new HashMap<>();
    for (Operation operation : tiled.graph().operations()) {
      scratch.put(operation.name(), needs.scratch(tiled, operation));
    }
    return tiled.withScratch(scratch);
  }

  private static ScheduledStep layouts(
      StepGraph graph, AlgorithmRule algorithms, MechanicalSchedule mechanical) {
    return new ScheduledStep(
        graph,
        NumericSchedule.forBatch(graph.batch(), algorithms),
        mechanical,
        phases(graph),
        pitches(graph),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** Of another graph, by the rules of a step. */
  private static ScheduledStep layouts(StepGraph graph, ScheduledStep rules) {
    return layouts(graph, rules.numeric().algorithms(), rules.mechanical());
  }

  private static ScheduledStep fuse(ScheduledStep step, LoopNeeds needs) {
    return fuseUpdates(
        step.mechanical().fusion() == Fusion.NEVER
            ? step
            : fuseActivations(fusePools(step, needs), needs));
  }

  /** Fuses gradients with the updates that nobody else reads them for: they need no memory. */
  private static ScheduledStep fuseUpdates(ScheduledStep step) {
    List<UpdatedChain> chains = UpdatedChain.find(step.graph());
    return chains.isEmpty() ? step : layouts(FuseChains.apply(step.graph(), chains), step);
  }

  /** Fuses convolutions with their activations, where loops can: a pass over memory less. */
  private static ScheduledStep fuseActivations(ScheduledStep step, LoopNeeds needs) {
    List<ActivatedChain> chains =
        ActivatedChain.find(step.graph()).stream()
            .filter(chain -> needs.storesActivated(step, chain.function()))
            .toList();
    return chains.isEmpty() ? step : layouts(FuseChains.apply(step.graph(), chains), step);
  }

  /** Fuses convolutions with their pools, where loops can and as the schedule says. */
  private static ScheduledStep fusePools(ScheduledStep step, LoopNeeds needs) {
    List<PooledChain> chains = PooledChain.find(step.graph());
    if (chains.isEmpty()) {
      return step;
    }
    ScheduledStep fused = layouts(FuseChains.apply(step.graph(), chains), step);
    List<PooledChain> better =
        chains.stream().filter(chain -> isFused(chain, step, fused, needs)).toList();
    return better.isEmpty() ? step : layouts(FuseChains.apply(step.graph(), better), step);
  }

  private static boolean isFused(
      PooledChain chain, ScheduledStep apart, ScheduledStep fused, LoopNeeds needs) {
    Operation convolution = chain.convolution();
    Optional<KernelWork> together = needs.work(fused, fused.operation(convolution.name()));
    if (together.isEmpty() || apart.mechanical().fusion() == Fusion.ALWAYS) {
      return together.isPresent();
    }
    if (together.get().algorithm() == ConvAlgorithm.WINOGRAD) {
      return true; // the products stay the same, and less is stored
    }
    return CostModel.isFasterFused(
        needs.work(apart, convolution).orElseThrow(),
        convolution.output().shape().elements(),
        chain.activation().isPresent(),
        together.get());
  }

  /** Predictions come alone, too; training knows how many images it gets. */
  private static Map<String, Kernel> kernelsOfOne(ScheduledStep step, LoopNeeds needs) {
    if (step.graph().training()) {
      return Map.of();
    }
    List<Operation> together =
        step.phases().stream().flatMap(phase -> phase.together().stream()).toList();
    return kernels(step.forGroupsOfOne(), together, needs);
  }

  private static Map<String, Kernel> kernels(
      ScheduledStep step, List<Operation> operations, LoopNeeds needs) {
    Map<String, Kernel> kernels = new HashMap<>();
    for (Operation operation : operations) {
      needs
          .work(step, operation)
          .ifPresent(
              work -> {
                KernelChoice choice =
                    step.mechanical()
                        .kernels()
                        .of(step.mechanical().target(), operation.name())
                        .filter(work::accepts)
                        .orElseGet(() -> CostModel.best(work, sumsAtOnce(step)));
                kernels.put(operation.name(), new Kernel(work, work.limited(choice)));
              });
    }
    return kernels;
  }

  private static int sumsAtOnce(ScheduledStep step) {
    MechanicalSchedule mechanical = step.mechanical();
    return mechanical.target() == Target.PLAIN ? mechanical.sumsAtOnce() : ROWS_OF_SUMS_IN_LANES;
  }

  /**
   * Image-wise operations that follow each other run in one phase, a block of images at a time, so
   * that an image's values stay in the cache from the first layer to the last gradient. A barrier
   * stands only where the way of cutting changes. Updates are cut by rows, so they stand behind all
   * images, whose operations are the only ones that read parameters besides.
   */
  private static List<StepPhase> phases(StepGraph graph) {
    Map<Integer, Integer> levelOfTensor = new HashMap<>();
    Map<Integer, Granularity> cutOfTensor = new HashMap<>();
    TreeMap<Integer, Map<Granularity, List<Operation>>> levels = new TreeMap<>();
    for (Operation operation : graph.operations()) {
      Granularity cut = operation.computation().granularity();
      int level = 0;
      for (Tensor input : operation.inputs()) {
        if (levelOfTensor.containsKey(input.id())) {
          int barrier = cutOfTensor.get(input.id()) == cut && !isPartialSum(input, cut) ? 0 : 1;
          level = Math.max(level, levelOfTensor.get(input.id()) + barrier);
        }
      }
      for (Tensor output : operation.outputs()) {
        levelOfTensor.put(output.id(), level);
        cutOfTensor.put(output.id(), cut);
      }
      levels
          .computeIfAbsent(level, key -> new TreeMap<>())
          .computeIfAbsent(cut, key -> new ArrayList<>())
          .add(operation);
    }
    List<StepPhase> phases = new ArrayList<>();
    for (Map<Granularity, List<Operation>> level : levels.values()) {
      level.forEach(
          (cut, operations) -> {
            String base = cut == Granularity.IMAGE ? "images" : "parameters";
            long same = phases.stream().filter(phase -> phase.granularity() == cut).count();
            phases.add(new StepPhase(same == 0 ? base : base + (same + 1), cut, operations));
          });
    }
    return phases;
  }

  /** A parameter's gradient summed image by image is whole only after all images. */
  private static boolean isPartialSum(Tensor tensor, Granularity cut) {
    return tensor.role() == Tensor.Role.PARAMETER_GRADIENT && cut == Granularity.IMAGE;
  }

  private static Map<Integer, Integer> pitches(StepGraph graph) {
    Map<Integer, Integer> pitches = new HashMap<>();
    pitches.put(graph.image().id(), graph.image().shape().width());
    for (Operation operation : graph.operations()) {
      if (operation.computation() instanceof Computation.Forward forward) {
        Tensor input = operation.input(0);
        pitches.put(
            operation.output().id(),
            outputPitch(forward.operator(), input, pitches.get(input.id()), operation.output()));
      }
      if (operation.computation() instanceof Computation.PooledForward) {
        pitches.put(operation.output().id(), rowLength(operation.output()));
      }
    }
    for (Tensor tensor : graph.tensors()) {
      if (tensor.role() == Tensor.Role.TARGET && !tensor.dims().isEmpty()) {
        pitches.put(tensor.id(), rowLength(tensor));
      }
    }
    return pitches;
  }

  private static int outputPitch(Operator operator, Tensor input, int inputPitch, Tensor output) {
    if (operator instanceof Conv2d conv) {
      return ConvGeometry.of(conv, input.shape(), inputPitch).outputPitch();
    }
    return operator instanceof Activation ? inputPitch : rowLength(output);
  }

  private static int rowLength(Tensor tensor) {
    return tensor.shape().isVector() ? tensor.shape().channels() : tensor.shape().width();
  }
}
