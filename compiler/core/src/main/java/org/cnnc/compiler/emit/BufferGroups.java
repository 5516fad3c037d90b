package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnc.compiler.loop.Buffer;

/**
 * Cuts the buffers of a class into groups, so that no method that names all buffers of a group,
 * allocating them or choosing one by its position, is above 2,000 bytes.
 */
final class BufferGroups {
  private static final int MOST_BUFFERS = 100;
  private static final int MOST_BYTES = 1900;

  /** What allocating a buffer, or handing it out, takes; without its place in a switch. */
  private static final int BYTES_PER_BUFFER = 14;

  private static final int BYTES_PER_POSITION = 4;

  private BufferGroups() {}

  /** By position in the program; at least one group, which is empty where there are no buffers. */
  static List<Map<Integer, Buffer>> of(Map<Integer, Buffer> buffers) {
    List<Map<Integer, Buffer>> groups = new ArrayList<>();
    TreeMap<Integer, Buffer> group = new TreeMap<>();
    groups.add(group);
    for (Map.Entry<Integer, Buffer> entry : new TreeMap<>(buffers).entrySet()) {
      if (!group.isEmpty() && isFull(group.size(), entry.getKey() - group.firstKey())) {
        group = new TreeMap<>();
        groups.add(group);
      }
      group.put(entry.getKey(), entry.getValue());
    }
    return groups;
  }

  /** Whether a group has no room for one more buffer, so far behind its first. */
  private static boolean isFull(int size, int distance) {
    int bytes = (distance + 1) * BYTES_PER_POSITION + (size + 1) * BYTES_PER_BUFFER;
    return size == MOST_BUFFERS || bytes > MOST_BYTES;
  }
}
