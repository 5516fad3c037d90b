package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.loop.Buffer;

/**
 * Buffers that are allocated in one go when an object is made. The first are allocated by the
 * constructor, where their final fields are declared; the others by a method a group, called by the
 * constructor in this order, so that the constructor is not too large for many buffers.
 *
 * @param method none for the constructor itself
 * @param buffers in the order of the program
 */
public record AllocationPlan(Optional<String> method, List<Buffer> buffers) {
  /** Prefix of the names of the methods; the position of their first buffer follows. */
  private static final String METHOD = "allocateFrom";

  public AllocationPlan {
    buffers = List.copyOf(buffers);
  }

  /** Whether the fields are final: set where they are declared. */
  public boolean isFinal() {
    return method.isEmpty();
  }

  /** For some buffers, by position in the program; the first is that of the constructor. */
  static List<AllocationPlan> of(Map<Integer, Buffer> buffers) {
    List<AllocationPlan> plans = new ArrayList<>();
    for (Map<Integer, Buffer> group : BufferGroups.of(buffers)) {
      Optional<String> method =
          plans.isEmpty()
              ? Optional.empty()
              : Optional.of(METHOD + group.keySet().iterator().next());
      plans.add(new AllocationPlan(method, List.copyOf(group.values())));
    }
    return plans;
  }
}
