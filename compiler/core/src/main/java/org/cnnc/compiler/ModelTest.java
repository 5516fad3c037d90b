package org.cnnc.compiler;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.emit.source.ModelTestEmitter;
import org.cnnc.compiler.emit.source.ModelTestPlan;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.schedule.Target;

/**
 * The test that travels with a model: a class of tests that the app's own build compiles and runs,
 * recorded answers beside it, and the class that trains, where the app itself has none. Answers are
 * recorded by who knows the runtime: those of an interpreted program, {@link #oracle()}.
 *
 * @param network a checked one
 * @param app what the app's classes are compiled with
 */
public record ModelTest(NetworkGraph network, CompilerOptions app) {
  /** Not {@code Test} alone: that is what users call their own test of the class. */
  private static final String NAME_ENDING = "ModelTest";

  /** Options to compile the program with whose interpreter answers. */
  public CompilerOptions oracle() {
    return app.withPrograms(ProgramKind.PREDICTION)
        .withTargets(Target.PLAIN)
        .withFacade(false)
        .withKeptValues(List.of());
  }

  /** Options to compile the class that trains with, for the test alone; absent if it needs none. */
  public Optional<CompilerOptions> training() {
    return network.loss().isPresent() && !appTrains(Target.PLAIN)
        ? Optional.of(
            app.withPrograms(ProgramKind.TRAINING).withTargets(Target.PLAIN).withFacade(false))
        : Optional.empty();
  }

  private boolean appTrains(Target form) {
    return app.programs().contains(ProgramKind.TRAINING) && app.targets().contains(form);
  }

  /** The class of tests. */
  public GeneratedFile source() {
    ModelTestPlan plan =
        new ModelTestPlan(
            header(),
            network.name(),
            ProgramKind.PREDICTION.className(network.name(), predictionTarget()),
            vectors(),
            training(Target.PLAIN),
            appTrains(Target.VECTOR) ? training(Target.VECTOR) : Optional.empty(),
            network.name() + RuntimeSymbols.GOLDEN_ENDING);
    return ModelTestEmitter.emit(plan);
  }

  private Target predictionTarget() {
    return app.targets().contains(Target.PLAIN) ? Target.PLAIN : Target.VECTOR;
  }

  /** Where this is the only form, it is asked as any other. */
  private Optional<String> vectors() {
    return app.targets().contains(Target.VECTOR) && predictionTarget() == Target.PLAIN
        ? Optional.of(ProgramKind.PREDICTION.className(network.name(), Target.VECTOR))
        : Optional.empty();
  }

  private Optional<String> training(Target form) {
    return network.loss().map(loss -> ProgramKind.TRAINING.className(network.name(), form));
  }

  private ClassHeader header() {
    return new ClassHeader(
        app.packageName(),
        network.name() + NAME_ENDING,
        Facades.fileName(network),
        CompilerVersion.GENERATOR,
        List.of("Verifies the model " + network.name() + " on the Java that runs this build."));
  }

  /** The file of recorded answers, beside the class of tests. */
  public GeneratedFile golden(byte[] content) {
    String source = header().internalName() + ".java";
    String folder = source.substring(0, source.lastIndexOf('/') + 1);
    return new GeneratedFile(folder + network.name() + RuntimeSymbols.GOLDEN_ENDING, content);
  }

  /** Who made the file of recorded answers of what, for people who find it. */
  public String origin() {
    return header().notice();
  }
}
