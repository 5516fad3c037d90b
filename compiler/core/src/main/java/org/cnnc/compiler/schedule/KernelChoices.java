package org.cnnc.compiler.schedule;

import java.util.Map;
import java.util.Optional;

/**
 * Tiles that are told from outside, by a measurement or a test; the rest is the cost model's.
 *
 * @param byOperation by name of the operation; names that no operation has are of other programs
 * @param others of all operations that are not named; the model's own choice when absent
 */
public record KernelChoices(Map<String, KernelChoice> byOperation, Optional<KernelChoice> others) {
  /** Nothing is told. */
  public static final KernelChoices NONE = new KernelChoices(Map.of(), Optional.empty());

  public KernelChoices {
    byOperation = Map.copyOf(byOperation);
  }

  /** The same for every operation. */
  public static KernelChoices all(KernelChoice choice) {
    return new KernelChoices(Map.of(), Optional.of(choice));
  }

  /** For the named operations. */
  public static KernelChoices of(Map<String, KernelChoice> byOperation) {
    return new KernelChoices(byOperation, Optional.empty());
  }

  /** What is told of an operation. */
  Optional<KernelChoice> of(String operation) {
    return Optional.ofNullable(byOperation.get(operation)).or(() -> others);
  }
}
