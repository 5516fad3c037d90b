package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.loop.Buffer;

/**
 * One of the methods that find a buffer by its position. The first is {@code rows(int)}; each hands
 * what it does not know to the next, so that no method is too large for many buffers.
 *
 * @param method its name
 * @param buffers those it knows, by position in the program
 * @param next the method it asks for others; the last has none
 */
public record RowsPlan(String method, Map<Integer, Buffer> buffers, Optional<String> next) {
  /** Prefix of the names of the methods after the first; the position of their first follows. */
  private static final String LATER_METHOD = "rowsFrom";

  /** The methods for some buffers, in order; one that knows none where there are none. */
  static List<RowsPlan> of(Map<Integer, Buffer> buffers) {
    List<Map<Integer, Buffer>> groups = BufferGroups.of(buffers);
    List<RowsPlan> plans = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Optional<String> next =
          i + 1 < groups.size() ? Optional.of(nameOf(groups.get(i + 1))) : Optional.empty();
      String method = i == 0 ? RuntimeSymbols.ROWS : nameOf(groups.get(i));
      plans.add(new RowsPlan(method, groups.get(i), next));
    }
    return plans;
  }

  private static String nameOf(Map<Integer, Buffer> group) {
    return LATER_METHOD + group.keySet().iterator().next();
  }
}
