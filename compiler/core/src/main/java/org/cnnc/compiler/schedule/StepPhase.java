package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.compiler.train.Operation;

/**
 * Operations between two barriers, all cut in the same way: their tasks run at the same time.
 *
 * @param parts into which the work of each image is cut; 1 for most
 * @param group images, of a block or of several predictions, that go through the runs of the phase
 *     together; 1 for most
 * @param together operations that are computed for a group at once; there may be none where memory
 *     was planned for groups
 * @param inTurn operations that are computed for one image of a group after the other, before the
 *     next operation begins
 */
public record StepPhase(
    String name,
    Granularity granularity,
    List<Operation> operations,
    int parts,
    int group,
    Set<Operation> together,
    Set<Operation> inTurn) {
  /** Tells the phase of an operation from others: a layer may be named {@code prepare}. */
  private static final String ALONE = ".alone";

  public StepPhase {
    operations = List.copyOf(operations);
    together = Set.copyOf(together);
    inTurn = Set.copyOf(inTurn);
    if (parts < 1 || group < 1 || (parts > 1 && group > 1)) {
      throw new IllegalArgumentException(parts + " parts, groups of " + group);
    }
    requirePossible(together, operations, group);
    requirePossible(inTurn, operations, group);
    if (!Collections.disjoint(inTurn, together)) {
      throw new IllegalArgumentException("operations for a group at once and in turn");
    }
  }

  private static void requirePossible(Set<Operation> some, List<Operation> all, int group) {
    if (!all.containsAll(some) || (group == 1 && !some.isEmpty())) {
      throw new IllegalArgumentException(some.size() + " operations for groups of " + group);
    }
  }

  /** Operations in a row that are computed in the same way: image by image, or a group at once. */
  public record Run(List<Operation> operations, boolean together) {
    public Run {
      operations = List.copyOf(operations);
    }
  }

  /** Whole images, in parts. */
  public StepPhase(String name, Granularity granularity, List<Operation> operations, int parts) {
    this(name, granularity, operations, parts, 1, Set.of(), Set.of());
  }

  /** Whole images. */
  public StepPhase(String name, Granularity granularity, List<Operation> operations) {
    this(name, granularity, operations, 1);
  }

  /** The same for groups of {@code images}, with other operations computed together and in turn. */
  StepPhase inGroups(int images, Set<Operation> newTogether, Set<Operation> newInTurn) {
    return new StepPhase(name, granularity, operations, parts, images, newTogether, newInTurn);
  }

  /** The same, with nothing computed for several images at once. */
  StepPhase imageByImage() {
    return inGroups(group, Set.of(), inTurn);
  }

  /** One of the operations as a phase of its own, in the memory that was planned for all. */
  StepPhase only(Operation operation) {
    Set<Operation> same = new HashSet<>(together);
    same.retainAll(Set.of(operation));
    String alone = operation.name() + ALONE;
    Set<Operation> inTurnAnyway = Set.of(); // it is the only one
    return new StepPhase(alone, granularity, List.of(operation), 1, group, same, inTurnAnyway);
  }

  /**
   * The operations in order, cut where the way of computing changes, and around each that images
   * take in turn. A group goes through one run after the other; within a run image by image, one
   * image goes through all operations.
   */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    List<Operation> current = new ArrayList<>();
    for (Operation operation : operations) {
      if (!current.isEmpty() && areApart(current.get(current.size() - 1), operation)) {
        runs.add(new Run(current, together.contains(current.get(0))));
        current.clear();
      }
      current.add(operation);
    }
    runs.add(new Run(current, together.contains(current.get(0))));
    return runs;
  }

  private boolean areApart(Operation one, Operation next) {
    return together.contains(one) != together.contains(next)
        || inTurn.contains(one)
        || inTurn.contains(next);
  }
}
