package org.cnnc.cli.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.measure.OperationRunner;
import org.cnnc.cli.measure.OperationTimes;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Operation;

/** Measures the variants of a program, on one thread. */
public final class Tuner {
  private static final int SAMPLES_A_TURN = 3;

  /** Part of the time until all is compiled; the rest is for measuring. */
  private static final double WARM_UP_PART = 0.7;

  /** Most seconds until one operation is compiled. */
  private static final double MOST_WARM_UP = 4;

  private final Model model;
  private final CompilerOptions options;
  private final ProgramKind kind;
  private final Function<CompiledProgram, OperationRunner> runners;
  private final LongSupplier nanos;

  /** Told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** One line. */
    void say(String line);
  }

  /**
   * Measures nothing yet.
   *
   * @param options batch size
   * @param runners loads a program that has a phase for each operation
   * @param nanos the clock, in nanoseconds
   */
  public Tuner(
      Model model,
      CompilerOptions options,
      ProgramKind kind,
      Function<CompiledProgram, OperationRunner> runners,
      LongSupplier nanos) {
    this.model = model;
    this.options = options.withPrograms(kind).withPhasePerOperation(true);
    this.kind = kind;
    this.runners = runners;
    this.nanos = nanos;
  }

  /**
   * Finds kernels for a target.
   *
   * @param seconds to take for it, more or less; a few turns are made in any case
   */
  public List<Comparison.Found> tune(Target target, double seconds, Progress progress)
      throws ModelException {
    long begin = nanos.getAsLong();
    CompiledProgram usual = compile(target, KernelChoices.NONE);
    List<String> operations =
        usual.step().graph().operations().stream()
            .map(Operation::name)
            .filter(usual.step().kernels()::containsKey)
            .toList();
    List<Map<String, KernelChoice>> variants = variants(target, usual.step());
    Set<String> warm = new LinkedHashSet<>(operations);
    List<OperationTimes> programs = new ArrayList<>();
    for (Map<String, KernelChoice> variant : variants) {
      progress.say("variant " + (programs.size() + 1) + " of " + variants.size() + " warms up");
      CompiledProgram program = compile(target, KernelChoices.of(target, variant));
      OperationTimes times = new OperationTimes(runners.apply(program), operations, nanos);
      warm.retainAll(times.warmUp(MOST_WARM_UP, WARM_UP_PART * seconds / variants.size()));
      programs.add(times);
    }
    if (warm.size() < operations.size()) {
      progress.say(
          (operations.size() - warm.size())
              + " of "
              + operations.size()
              + " operations are not compiled in time and stay as they are: give more --seconds");
    }
    Comparison comparison = new Comparison(variants);
    progress.say("measures " + warm.size() + " operations in turns");
    while (!warm.isEmpty()
        && (comparison.turns() < Comparison.FEWEST_TURNS
            || (nanos.getAsLong() - begin) * 1e-9 < seconds)) {
      comparison.turn(variant -> sample(programs.get(variant), warm));
    }
    progress.say("measured " + comparison.turns() + " turns");
    return warm.stream().flatMap(name -> comparison.found(name).stream()).toList();
  }

  private List<Map<String, KernelChoice>> variants(Target target, ScheduledStep usual)
      throws ModelException {
    Map<String, KernelChoice> otherLanes = Variants.withOtherLanes(usual.kernels());
    ScheduledStep other = compile(target, KernelChoices.of(target, otherLanes)).step();
    return Variants.of(
        usual.kernels(), names(other).equals(names(usual)) ? other.kernels() : Map.of());
  }

  private static List<String> names(ScheduledStep step) {
    return step.graph().operations().stream().map(Operation::name).toList();
  }

  private CompiledProgram compile(Target target, KernelChoices choices) throws ModelException {
    return model.compile(options.withTargets(target).withKernels(choices)).program(kind);
  }

  private static Map<String, Double> sample(OperationTimes times, Set<String> operations) {
    times.forget();
    for (int i = 0; i < SAMPLES_A_TURN; i++) {
      times.sample();
    }
    Map<String, Double> seconds = new HashMap<>();
    operations.forEach(operation -> seconds.put(operation, times.seconds(operation)));
    return seconds;
  }
}
