package org.cnnc.compiler.memory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.loop.MemberNames;

/**
 * Gives buffers names that are legal in Java, unique, and none of the names that loops and
 * parameters use.
 */
final class BufferNames {
  /** Names of locals and parameters in lowered functions. */
  private static final List<String> TAKEN =
      List.of(
          "image",
          "imageIndex",
          "imageInGroup",
          "lastInGroup",
          "group",
          "outputRow",
          "rows",
          "span",
          "whole",
          "alone",
          "several",
          "sums",
          "bias",
          "plane",
          "from",
          "to",
          "source",
          "pass",
          "part",
          "piece",
          "planes",
          "strip",
          "panel",
          "tap",
          "windowRow",
          "tileRow",
          "tileColumn",
          "block",
          "task",
          "n",
          "row",
          "channel",
          "outChannel",
          "inChannel",
          "kernelRow",
          "kernelColumn",
          "y",
          "x",
          "i",
          "j",
          "k",
          "tile",
          "in",
          "out",
          "known",
          "dOut",
          "dIn",
          "value",
          "best",
          "left",
          "sum",
          "share",
          "common",
          "largest",
          "target",
          "targetScore",
          "inverseImages",
          "total",
          "gradient",
          "parameter",
          "rate",
          "stepSize",
          "correction",
          "e",
          "t",
          "w",
          "g",
          "v",
          "m",
          "before",
          "lane",
          "next",
          "inWindow",
          "first",
          "term",
          "output",
          "partial",
          "rest",
          "round",
          "stretch",
          "offset",
          "place",
          "places",
          "window",
          "scratch");

  private final Set<String> used = new HashSet<>(TAKEN);

  /** {@code conv1.weight} with suffix {@code Columns} becomes {@code conv1WeightColumns}. */
  String allocate(String name, String suffix) {
    String base = MemberNames.of(name) + suffix;
    String candidate = base;
    for (int i = 2; isTaken(candidate); i++) {
      candidate = base + "_" + i;
    }
    used.add(candidate);
    return candidate;
  }

  /** Locals that are numbered, {@code row0}, are kept free as well. */
  private boolean isTaken(String name) {
    return used.contains(name)
        || name.matches(
            "(at|down|element|factor|gradient|in|largest|left|offset|outerAlong|outerDown|partial|place|row|sum|part"
                + "|state|tap|value|weight)\\d+");
  }
}
