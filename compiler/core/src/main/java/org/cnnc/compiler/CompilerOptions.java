package org.cnnc.compiler;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;

/**
 * What to make of a model. Start from {@link #DEFAULT} and change what differs.
 *
 * @param packageName package of the generated classes; empty for the unnamed one
 * @param programs which programs to make; {@link ProgramKind#TRAINING} needs a loss
 * @param emit the form of the programs' classes
 * @param facade whether to make the class that an app names (always source)
 * @param batch compiled batch size; the model's own when absent
 * @param keptValues names of values that can be read after a prediction, beside the outputs
 * @param keptGradients gradients that can be read after a training step
 * @param algorithms how convolutions are computed; changes bits and, where it changes those of
 *     predictions, the hash; for tests
 * @param targets forms of code to make of each program; changes no bit
 * @param mechanical tiles and unrolling; its own target does not matter; changes no bit
 * @param phasePerOperation whether each operation is a phase of its own, named after it, so that it
 *     can be run and measured alone; the code of the operations stays the same
 * @param release version of Java that emitted bytecode needs: {@value #OLDEST_RELEASE} or more; the
 *     Vector API needs {@value #SOURCE_RELEASE}
 * @param weightsMetadata what is known of the weights that will lie beside the class, for its
 *     comment; empty when nothing is
 */
public record CompilerOptions(
    String packageName,
    Set<ProgramKind> programs,
    Emit emit,
    boolean facade,
    OptionalInt batch,
    List<String> keptValues,
    KeptGradients keptGradients,
    AlgorithmRule algorithms,
    Set<Target> targets,
    MechanicalSchedule mechanical,
    boolean phasePerOperation,
    int release,
    Map<String, String> weightsMetadata) {

  /** The oldest version of Java that bytecode can be emitted for. */
  public static final int OLDEST_RELEASE = 11;

  /** The version of Java that generated source is written for. */
  public static final int SOURCE_RELEASE = 17;

  /** The form of generated programs. */
  public enum Emit {
    SOURCE,
    BYTECODE
  }

  /** Both programs as bytecode, without facade, in the unnamed package. */
  public static final CompilerOptions DEFAULT =
      new CompilerOptions(
          "",
          Set.of(ProgramKind.PREDICTION, ProgramKind.TRAINING),
          Emit.BYTECODE,
          false,
          OptionalInt.empty(),
          List.of(),
          KeptGradients.NONE,
          AlgorithmRule.BY_SHAPE,
          Set.of(Target.PLAIN),
          MechanicalSchedule.DEFAULT,
          false,
          SOURCE_RELEASE,
          Map.of());

  public CompilerOptions {
    Objects.requireNonNull(packageName, "packageName");
    programs = Set.copyOf(programs);
    keptValues = List.copyOf(keptValues);
    targets = Set.copyOf(targets);
    weightsMetadata = Map.copyOf(weightsMetadata);
    if (release < OLDEST_RELEASE) {
      throw new IllegalArgumentException("release " + release);
    }
    if (targets.isEmpty() || (targets.contains(Target.VECTOR) && release < SOURCE_RELEASE)) {
      throw new IllegalArgumentException("targets " + targets + " for release " + release);
    }
  }

  public CompilerOptions withPackageName(String name) {
    return with(copy -> copy.packageName = name);
  }

  public CompilerOptions withPrograms(ProgramKind... kinds) {
    return with(copy -> copy.programs = Set.of(kinds));
  }

  public CompilerOptions withEmit(Emit form) {
    return with(copy -> copy.emit = form);
  }

  public CompilerOptions withFacade(boolean wanted) {
    return with(copy -> copy.facade = wanted);
  }

  public CompilerOptions withBatch(int size) {
    return with(copy -> copy.batch = OptionalInt.of(size));
  }

  public CompilerOptions withKeptValues(List<String> names) {
    return with(copy -> copy.keptValues = names);
  }

  public CompilerOptions withKeptGradients(KeptGradients kept) {
    return with(copy -> copy.keptGradients = kept);
  }

  public CompilerOptions withAlgorithms(AlgorithmRule rule) {
    return with(copy -> copy.algorithms = rule);
  }

  /** The same with other tiles, for the target of this schedule alone. */
  public CompilerOptions withMechanical(MechanicalSchedule schedule) {
    return with(
        copy -> {
          copy.mechanical = schedule;
          copy.targets = Set.of(schedule.target());
        });
  }

  /** The same for classes that run in a virtual machine of this version of Java alone. */
  public CompilerOptions forJava(int feature) {
    return with(copy -> copy.mechanical = copy.mechanical.forJava(feature));
  }

  /** The same with other tiles told. */
  public CompilerOptions withKernels(KernelChoices choices) {
    return with(copy -> copy.mechanical = copy.mechanical.withKernels(choices));
  }

  public CompilerOptions withPhasePerOperation(boolean wanted) {
    return with(copy -> copy.phasePerOperation = wanted);
  }

  public CompilerOptions withRelease(int version) {
    return with(copy -> copy.release = version);
  }

  public CompilerOptions withWeightsMetadata(Map<String, String> metadata) {
    return with(copy -> copy.weightsMetadata = metadata);
  }

  /** The same in other forms of code. */
  public CompilerOptions withTargets(Target... forms) {
    return with(copy -> copy.targets = Set.of(forms));
  }

  /** How code of a target is made. */
  public MechanicalSchedule mechanicalFor(Target target) {
    return mechanical.withTarget(target);
  }

  private CompilerOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.toOptions();
  }

  /** Options while one of them changes: the one place, but {@link #DEFAULT}, that lists them. */
  private static final class Copy {
    private String packageName;
    private Set<ProgramKind> programs;
    private Emit emit;
    private boolean facade;
    private OptionalInt batch;
    private List<String> keptValues;
    private KeptGradients keptGradients;
    private AlgorithmRule algorithms;
    private Set<Target> targets;
    private MechanicalSchedule mechanical;
    private boolean phasePerOperation;
    private int release;
    private Map<String, String> weightsMetadata;

    Copy(CompilerOptions options) {
      packageName = options.packageName;
      programs = options.programs;
      emit = options.emit;
      facade = options.facade;
      batch = options.batch;
      keptValues = options.keptValues;
      keptGradients = options.keptGradients;
      algorithms = options.algorithms;
      targets = options.targets;
      mechanical = options.mechanical;
      phasePerOperation = options.phasePerOperation;
      release = options.release;
      weightsMetadata = options.weightsMetadata;
    }

    CompilerOptions toOptions() {
      return new CompilerOptions(
          packageName,
          programs,
          emit,
          facade,
          batch,
          keptValues,
          keptGradients,
          algorithms,
          targets,
          mechanical,
          phasePerOperation,
          release,
          weightsMetadata);
    }
  }
}
