package org.cnnc.compiler.schedule;

import java.util.ArrayList;
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
 */
public record StepPhase(
    String name,
    Granularity granularity,
    List<Operation> operations,
    int parts,
    int group,
    Set<Operation> together) {
  /** Tells the phase of an operation from others: a layer may be named {@code prepare}. */
  private static final String ALONE = ".alone";

  public StepPhase {
    operations = List.copyOf(operations);
    together = Set.copyOf(together);
    if (parts < 1 || group < 1 || (parts > 1 && group > 1)) {
      throw new IllegalArgumentException(parts + " parts, groups of " + group);
    }
    if (!operations.containsAll(together) || (group == 1 && !together.isEmpty())) {
      throw new IllegalArgumentException(together.size() + " operations for groups of " + group);
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
    this(name, granularity, operations, parts, 1, Set.of());
  }

  /** Whole images. */
  public StepPhase(String name, Granularity granularity, List<Operation> operations) {
    this(name, granularity, operations, 1);
  }

  /** The same with some operations computed for a group of images at once. */
  StepPhase inGroups(int images, Set<Operation> atOnce) {
    return new StepPhase(name, granularity, operations, parts, images, atOnce);
  }

  /** The same, with nothing computed for several images at once. */
  StepPhase imageByImage() {
    return inGroups(group, Set.of());
  }

  /** One of the operations as a phase of its own, in the memory that was planned for all. */
  StepPhase only(Operation operation) {
    Set<Operation> same = new HashSet<>(together);
    same.retainAll(Set.of(operation));
    String alone = operation.name() + ALONE;
    return new StepPhase(alone, granularity, List.of(operation), 1, group, same);
  }

  /**
   * The operations in order, cut where the way of computing changes. A group goes through one run
   * after the other; within a run image by image, one image goes through all operations.
   */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    List<Operation> current = new ArrayList<>();
    for (Operation operation : operations) {
      if (!current.isEmpty() && together.contains(current.get(0)) != together.contains(operation)) {
        runs.add(new Run(current, together.contains(current.get(0))));
        current.clear();
      }
      current.add(operation);
    }
    runs.add(new Run(current, together.contains(current.get(0))));
    return runs;
  }
}
