package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The arena of a program over the operations of a step: everything a step works in beside the
 * parameters and what is derived from them, with one worker.
 *
 * @param operations the step, in order
 * @param buffers the arena's buffers, in the order of the plan
 * @param stays who is where, and when
 * @param live by operation: bytes that no plan could do without while it runs, if operations keep
 *     their order
 */
public record ArenaTimeline(
    List<Operation> operations, List<Buffer> buffers, List<Stay> stays, List<Long> live) {
  public ArenaTimeline {
    operations = List.copyOf(operations);
    buffers = List.copyOf(buffers);
    stays = List.copyOf(stays);
    live = List.copyOf(live);
  }

  /** The timeline of a plan. */
  public static ArenaTimeline of(ScheduledStep step, MemoryPlan plan) {
    List<Operation> operations =
        step.phases().stream().map(StepPhase::operations).flatMap(List::stream).toList();
    List<Stay> stays = FindStays.of(step, plan);
    List<Long> live = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      live.add(live(operations.get(i), i, stays));
    }
    List<Buffer> arena =
        plan.buffers().stream().filter(buffer -> buffer.scope() != Scope.MODEL).toList();
    return new ArenaTimeline(operations, arena, stays, live);
  }

  private static long live(Operation operation, int position, List<Stay> stays) {
    long sum = stays.stream().filter(stay -> stay.covers(position)).mapToLong(Stay::bytes).sum();
    return sum - savedInPlace(operation, position, stays);
  }

  /** An output may take the place of an input that is read for the last time. */
  private static long savedInPlace(Operation operation, int position, List<Stay> stays) {
    if (!WorkerValues.worksInPlace(operation.computation())) {
      return 0;
    }
    List<String> inputs = operation.inputs().stream().map(Tensor::name).toList();
    long dying =
        stays.stream()
            .filter(stay -> stay.last() == position && inputs.contains(stay.tenant()))
            .mapToLong(Stay::bytes)
            .max()
            .orElse(0);
    long made =
        stays.stream()
            .filter(stay -> stay.tenant().equals(operation.output().name()))
            .mapToLong(Stay::bytes)
            .sum();
    return Math.min(dying, made);
  }

  /** Bytes of the arena: what the plan takes. */
  public long bytes() {
    return buffers.stream().mapToLong(Buffer::bytes).sum();
  }

  /** The largest sum of live values: what every plan of these operations takes, at least. */
  public long lowerBound() {
    return live.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /**
   * The layers that the arena's bytes are there for. Where several share a buffer, it is as large
   * as the largest of them needs, and counts as that one's.
   */
  public Map<String, Long> bytesByLayer() {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Buffer buffer : buffers) {
      String layer =
          stays.stream()
              .filter(stay -> stay.buffer().equals(buffer))
              .max(Comparator.comparingLong(Stay::bytes))
              .map(Stay::layer)
              .orElse(buffer.name());
      sums.merge(layer, buffer.bytes(), Long::sum);
    }
    return sums;
  }
}
