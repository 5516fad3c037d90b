package org.cnnc.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How fast everybody did one work.
 *
 * @param contestants everybody, ours first, otherwise in the order of their first figures
 */
record Comparison(Work work, List<Contestant> contestants) {
  Comparison {
    contestants = List.copyOf(contestants);
  }

  /**
   * One who did the work.
   *
   * @param ratio for ours: how many times as fast as the fastest peer of the same round; empty when
   *     no round had both
   */
  record Contestant(
      String peer, Spread imagesPerSecond, Spread microseconds, Optional<Spread> ratio) {}

  /**
   * Compares the figures of some rounds, work by work. Ratios are made within a round, of what was
   * measured side by side; the fastest peer may be another one in each.
   */
  static List<Comparison> of(List<List<Measurement>> rounds) {
    return rounds.stream()
        .flatMap(List::stream)
        .map(Measurement::work)
        .distinct()
        .map(work -> of(work, roundsOf(work, rounds)))
        .toList();
  }

  private static List<List<Measurement>> roundsOf(Work work, List<List<Measurement>> rounds) {
    return rounds.stream()
        .map(round -> round.stream().filter(figure -> figure.work().equals(work)).toList())
        .toList();
  }

  private static Comparison of(Work work, List<List<Measurement>> rounds) {
    Map<String, List<Measurement>> figures = new LinkedHashMap<>();
    Stream.of(true, false)
        .flatMap(ours -> rounds.stream().flatMap(List::stream).filter(one -> one.isOurs() == ours))
        .forEach(one -> figures.computeIfAbsent(one.peer(), peer -> new ArrayList<>()).add(one));
    List<Contestant> contestants = new ArrayList<>();
    figures.forEach(
        (peer, own) ->
            contestants.add(
                new Contestant(
                    peer,
                    Spread.of(own.stream().map(Measurement::imagesPerSecond).toList()),
                    Spread.of(own.stream().map(Measurement::microseconds).toList()),
                    own.get(0).isOurs() ? ratio(peer, rounds) : Optional.empty())));
    return new Comparison(work, contestants);
  }

  private static Optional<Spread> ratio(String ours, List<List<Measurement>> rounds) {
    List<Double> ratios = new ArrayList<>();
    for (List<Measurement> round : rounds) {
      OptionalDouble peers = fastest(round.stream().filter(figure -> !figure.isOurs()));
      OptionalDouble own = fastest(round.stream().filter(figure -> figure.peer().equals(ours)));
      if (peers.isPresent() && own.isPresent()) {
        ratios.add(peers.getAsDouble() / own.getAsDouble());
      }
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
  }

  private static OptionalDouble fastest(Stream<Measurement> figures) {
    return figures.mapToDouble(Measurement::microseconds).min();
  }
}
