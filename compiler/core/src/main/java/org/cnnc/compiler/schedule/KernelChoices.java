package org.cnnc.compiler.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Kernels that are told from outside, by a measurement or a test; the rest is the cost model's.
 *
 * @param byOperation for each target, by name of the operation; names that no operation has are of
 *     other programs
 * @param others of all operations that are not named; the model's own choice when absent
 */
public record KernelChoices(
    Map<Target, Map<String, KernelChoice>> byOperation, Optional<KernelChoice> others) {
  /** Nothing is told. */
  public static final KernelChoices NONE = new KernelChoices(Map.of(), Optional.empty());

  public KernelChoices {
    Map<Target, Map<String, KernelChoice>> copy = new TreeMap<>();
    byOperation.forEach((target, choices) -> copy.put(target, Map.copyOf(choices)));
    byOperation = Map.copyOf(copy);
  }

  /** The same for every operation. */
  public static KernelChoices all(KernelChoice choice) {
    return new KernelChoices(Map.of(), Optional.of(choice));
  }

  /** For the named operations of one target. */
  public static KernelChoices of(Target target, Map<String, KernelChoice> byOperation) {
    return new KernelChoices(Map.of(target, byOperation), Optional.empty());
  }

  /** The named operations of a target. */
  public Map<String, KernelChoice> of(Target target) {
    return byOperation.getOrDefault(target, Map.of());
  }

  /** What is told of an operation. */
  Optional<KernelChoice> of(Target target, String operation) {
    return Optional.ofNullable(of(target).get(operation)).or(() -> others);
  }
}
