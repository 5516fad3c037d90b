package org.cnnc.compiler;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;

/**
 * What to make of a model. Start from {@link #DEFAULT} and change what differs.
 *
 * @param packageName package of the generated classes; empty for the unnamed one
 * @param programs which programs to make; {@link ProgramKind#TRAINING} needs a loss
 * @param emit the form of the programs' classes
 * @param facade whether to make the class that an app names (always source)
 * @param batch compiled batch size; the model's own when absent
 * @param keptValues names of values that can be read after a prediction, beside the outputs
 * @param imageGradient whether training computes the gradient of the input image, too; for tests
 * @param mechanical tiles and unrolling; changes no bit
 */
public record CompilerOptions(
    String packageName,
    Set<ProgramKind> programs,
    Emit emit,
    boolean facade,
    OptionalInt batch,
    List<String> keptValues,
    boolean imageGradient,
    MechanicalSchedule mechanical) {

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
          false,
          MechanicalSchedule.DEFAULT);

  public CompilerOptions {
    Objects.requireNonNull(packageName, "packageName");
    programs = Set.copyOf(programs);
    keptValues = List.copyOf(keptValues);
  }

  public CompilerOptions withPackageName(String name) {
    return new CompilerOptions(
        name, programs, emit, facade, batch, keptValues, imageGradient, mechanical);
  }

  public CompilerOptions withPrograms(ProgramKind... kinds) {
    return new CompilerOptions(
        packageName, Set.of(kinds), emit, facade, batch, keptValues, imageGradient, mechanical);
  }

  public CompilerOptions withEmit(Emit form) {
    return new CompilerOptions(
        packageName, programs, form, facade, batch, keptValues, imageGradient, mechanical);
  }

  public CompilerOptions withFacade(boolean wanted) {
    return new CompilerOptions(
        packageName, programs, emit, wanted, batch, keptValues, imageGradient, mechanical);
  }

  public CompilerOptions withBatch(int size) {
    return new CompilerOptions(
        packageName,
        programs,
        emit,
        facade,
        OptionalInt.of(size),
        keptValues,
        imageGradient,
        mechanical);
  }

  public CompilerOptions withKeptValues(List<String> names) {
    return new CompilerOptions(
        packageName, programs, emit, facade, batch, names, imageGradient, mechanical);
  }

  public CompilerOptions withImageGradient(boolean wanted) {
    return new CompilerOptions(
        packageName, programs, emit, facade, batch, keptValues, wanted, mechanical);
  }

  public CompilerOptions withMechanical(MechanicalSchedule schedule) {
    return new CompilerOptions(
        packageName, programs, emit, facade, batch, keptValues, imageGradient, schedule);
  }

  /** The same for another form of code. */
  public CompilerOptions withTarget(Target target) {
    return withMechanical(mechanical.withTarget(target));
  }
}
