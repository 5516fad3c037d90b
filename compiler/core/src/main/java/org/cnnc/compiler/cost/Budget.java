package org.cnnc.compiler.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.cost.Cost.Resource;

/**
 * How many bytes a model may cost.
 *
 * @param limits by what is limited; what is not in it may cost anything
 */
public record Budget(Map<Resource, Long> limits) {
  public Budget {
    limits = Map.copyOf(limits);
  }

  /** No limits. */
  public static final Budget NONE = new Budget(Map.of());

  /** The same budget with one limit more. */
  public Budget with(Resource resource, long bytes) {
    Map<Resource, Long> all = new EnumMap<>(Resource.class);
    all.putAll(limits);
    all.put(resource, bytes);
    return new Budget(all);
  }

  /**
   * What costs more than it may.
   *
   * @param costs what is limited but not among them costs nothing
   */
  public List<Excess> check(List<Cost> costs) {
    List<Excess> excesses = new ArrayList<>();
    for (Cost cost : costs) {
      Long limit = limits.get(cost.resource());
      if (limit != null && cost.bytes() > limit) {
        excesses.add(new Excess(cost, limit));
      }
    }
    return excesses;
  }
}
