package org.cnnc.compiler;

import java.util.List;
import java.util.Set;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.graph.NetworkGraph;

/**
 * Which classes an app has of a network: the one place that tells how they are compiled where they
 * are written, and where they are measured.
 *
 * @param packageName package of the classes; empty for the unnamed one
 * @param emit the form of the programs' classes
 * @param target forms of code of each program
 * @param release version of Java that bytecode needs
 * @param training whether the app trains, if the network says what by
 * @param keptValues names of values that the app reads, beside the outputs
 */
public record AppClasses(
    String packageName,
    Emit emit,
    TargetChoice target,
    int release,
    boolean training,
    List<String> keptValues) {

  public AppClasses {
    keptValues = List.copyOf(keptValues);
  }

  /** How they are compiled to be written. */
  public CompilerOptions written(NetworkGraph network) {
    return target
        .in(CompilerOptions.DEFAULT)
        .withEmit(emit)
        .withFacade(true) // its features take memory, too
        .withPackageName(packageName)
        .withRelease(release)
        .withKeptValues(keptValues)
        .withPrograms(programs(network, training));
  }

  /**
   * How they are compiled for what they cost: as bytecode, as sources have no size as classes. What
   * a training step works in is asked for of apps that do not train, too.
   */
  public CompilerOptions measured(NetworkGraph network) {
    return written(network).withEmit(Emit.BYTECODE).withPrograms(programs(network, true));
  }

  /** The programs that the app ships. */
  public Set<ProgramKind> shipped(NetworkGraph network) {
    return Set.of(programs(network, training));
  }

  private static ProgramKind[] programs(NetworkGraph network, boolean training) {
    return training && network.loss().isPresent()
        ? ProgramKind.values()
        : new ProgramKind[] {ProgramKind.PREDICTION};
  }
}
