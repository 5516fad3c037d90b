package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/**
 * A step with everything decided but memory.
 *
 * @param pitches by tensor id, of values and their gradients: floats from one row of an image to
 *     the next. Columns past the width hold what kernels left there, and nothing reads them into a
 *     result.
 * @param kernels by name of the operation, of those that hold sums
 * @param kernelsOfOne the same of those that are computed for a group of predictions: what computes
 *     a group of one image
 * @param scratch by name of the operation: what its loops need beside its tensors
 */
public record ScheduledStep(
    StepGraph graph,
    NumericSchedule numeric,
    MechanicalSchedule mechanical,
    List<StepPhase> phases,
    Map<Integer, Integer> pitches,
    Map<String, Kernel> kernels,
    Map<String, Kernel> kernelsOfOne,
    Map<String, List<Scratch>> scratch) {
  public ScheduledStep {
    phases = List.copyOf(phases);
    pitches = Map.copyOf(pitches);
    kernels = Map.copyOf(kernels);
    kernelsOfOne = Map.copyOf(kernelsOfOne);
    scratch = Map.copyOf(scratch);
  }

  /** The same with each operation in a phase of its own, in order. */
  public ScheduledStep phasePerOperation() {
    List<StepPhase> cut = new ArrayList<>();
    for (StepPhase phase : phases) {
      for (Operation operation : phase.operations()) {
        cut.add(phase.only(operation));
      }
    }
    return withPhases(cut);
  }

  /**
   * The same for groups of one image, in the memory that was planned for whole ones: nothing is
   * computed for several images at once.
   */
  public ScheduledStep forGroupsOfOne() {
    Map<String, Kernel> ofOne = new HashMap<>(kernels);
    ofOne.putAll(kernelsOfOne);
    return withPhases(phases.stream().map(StepPhase::imageByImage).toList()).withKernels(ofOne);
  }

  ScheduledStep withPhases(List<StepPhase> decided) {
    return new ScheduledStep(
        graph, numeric, mechanical, decided, pitches, kernels, kernelsOfOne, scratch);
  }

  ScheduledStep withKernels(Map<String, Kernel> decided) {
    return new ScheduledStep(
        graph, numeric, mechanical, phases, pitches, decided, kernelsOfOne, scratch);
  }

  ScheduledStep withKernelsOfOne(Map<String, Kernel> decided) {
    return new ScheduledStep(
        graph, numeric, mechanical, phases, pitches, kernels, decided, scratch);
  }

  ScheduledStep withScratch(Map<String, List<Scratch>> decided) {
    return new ScheduledStep(
        graph, numeric, mechanical, phases, pitches, kernels, kernelsOfOne, decided);
  }

  /** Most images that a run of the program is about: the batch, or a group of predictions. */
  public int mostImages() {
    return graph.training()
        ? graph.batch()
        : phases.stream().mapToInt(StepPhase::group).max().orElse(1);
  }

  /** The operation of a name. */
  Operation operation(String name) {
    return graph.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Floats from one row of an image to the next; a gradient has the pitch of its value. */
  public int pitch(Tensor tensor) {
    return pitches.get(tensor.subject());
  }

  /** How the kernel of an operation that holds sums is made. */
  public KernelChoice choice(Operation operation) {
    return kernels.get(operation.name()).choice();
  }

  /** Along what the vectors of an operation's kernel run, where both are possible. */
  public LaneChoice lanes(Operation operation) {
    return mechanical
        .kernels()
        .of(mechanical.target(), operation.name())
        .map(KernelChoice::lanes)
        .filter(told -> told != LaneChoice.BY_COST)
        .orElse(mechanical.lanes());
  }

  /** Whether a phase is so little work that it stays on one thread. */
  public boolean staysOnOneThread(StepPhase phase) {
    return new ThreadShare(this).isSmall(phase);
  }

  /** The same of the phase that prepares parameters, before all others. */
  public boolean preparesOnOneThread() {
    return new ThreadShare(this).isPreparationSmall();
  }

  /** The phase that an operation belongs to. */
  public StepPhase phase(Operation operation) {
    return phaseOf(operation, phase -> true).orElseThrow();
  }

  /** The same if it is of a kind; that is asked first, so that most phases need no search. */
  private Optional<StepPhase> phaseOf(Operation operation, Predicate<StepPhase> kind) {
    return phases.stream()
        .filter(kind)
        .filter(phase -> phase.operations().contains(operation))
        .findFirst();
  }

  /** For how many images an operation is computed at once. */
  public int imagesAtOnce(Operation operation) {
    return phaseOf(operation, phase -> phase.together().contains(operation))
        .map(StepPhase::group)
        .orElse(1);
  }

  /**
   * Whether the large operations of an image are cut into parts: where a step has one image only.
   */
  public boolean cutsImages() {
    return graph.training() && graph.batch() == 1;
  }

  /** Into how many parts the work of an operation on one image is cut. */
  public int parts(Operation operation) {
    return phaseOf(operation, phase -> phase.parts() > 1).map(StepPhase::parts).orElse(1);
  }

  /**
   * Ids of the gradients of parameters that nobody but the optimizer reads; their partial sums, if
   * they have some, are added there.
   */
  public Set<Integer> gradientsForUpdatesAlone() {
    Set<Integer> alone = new HashSet<>();
    graph.withRole(Tensor.Role.PARAMETER_GRADIENT).forEach(gradient -> alone.add(gradient.id()));
    graph.results().forEach(result -> alone.remove(result.id()));
    for (Operation operation : graph.operations()) {
      if (!operation.computation().updates()) {
        operation.inputs().forEach(input -> alone.remove(input.id()));
      }
    }
    return alone;
  }

  /** Whether the kernel of a convolution's operation has channels in the lanes. */
  public boolean hasChannelsInLanes(Operation operation) {
    return kernels.get(operation.name()).work().form() == KernelWork.Form.CHANNELS;
  }

  /** What the loops of an operation need beside its tensors. */
  public List<Scratch> scratch(Operation operation) {
    return scratch.getOrDefault(operation.name(), List.of());
  }
}
