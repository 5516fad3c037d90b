package org.cnnc.cli.measure;

import java.util.Optional;
import org.cnnc.compiler.schedule.Machine;

/** What is known of the machine that this runs on. */
public final class ThisMachine {
  private ThisMachine() {}

  /** As the Vector API describes it; absent without its module. */
  public static Optional<Machine> described() {
    try {
      Class<?> vectors = Class.forName("jdk.incubator.vector.FloatVector");
      Object species = vectors.getField("SPECIES_PREFERRED").get(null);
      Class<?> kind = Class.forName("jdk.incubator.vector.VectorSpecies");
      return Optional.of(Machine.withLanes((int) kind.getMethod("length").invoke(species)));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }
}
