package org.cnnc.compiler.schedule;

import java.util.List;
import org.cnnc.compiler.train.Operation;

/**
 * Says what the loops of an operation need beside its tensors. The loops know; the schedule asks
 * before there are any, so that memory can be planned.
 */
@FunctionalInterface
public interface ScratchNeeds {
  /**
   * The needs of one operation.
   *
   * @param step all that is decided: everything but scratch
   */
  List<Scratch> of(ScheduledStep step, Operation operation);
}
