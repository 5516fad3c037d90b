package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Memory of one worker, shared by tenants that live at different times. A tenant takes the free
 * slot that fits best; if none is large enough, the free slot that must grow least grows, unless a
 * new one is not larger.
 */
final class SlotPool {
  /** A piece of memory: {@code rows} arrays of {@code length} floats. */
  static final class Slot {
    private int rows;
    private int length;
    private boolean free;
    private final List<String> tenants = new ArrayList<>();

    int rows() {
      return rows;
    }

    int length() {
      return length;
    }

    List<String> tenants() {
      return tenants;
    }

    private long grownBy(int wantedRows, int wantedLength) {
      return (long) Math.max(rows, wantedRows) * Math.max(length, wantedLength)
          - (long) rows * length;
    }
  }

  private final List<Slot> slots = new ArrayList<>();

  Slot take(String tenant, int rows, int length) {
    Optional<Slot> best =
        slots.stream()
            .filter(slot -> slot.free)
            .filter(slot -> slot.grownBy(rows, length) < (long) rows * length)
            .min(
                Comparator.comparingLong((Slot slot) -> slot.grownBy(rows, length))
                    .thenComparingLong(slot -> (long) slot.rows * slot.length));
    Slot slot = best.orElseGet(this::newSlot);
    slot.rows = Math.max(slot.rows, rows);
    slot.length = Math.max(slot.length, length);
    slot.free = false;
    slot.tenants.add(tenant);
    return slot;
  }

  void release(Slot slot) {
    slot.free = true;
  }

  List<Slot> slots() {
    return slots;
  }

  private Slot newSlot() {
    Slot slot = new Slot();
    slots.add(slot);
    return slot;
  }
}
