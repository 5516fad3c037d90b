package org.cnnc.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.benchmarks.comparison.Comparison.Contestant;
import org.junit.jupiter.api.Test;

/** Ratios and their spread, from figures written down by hand. */
class ComparisonTest {
  private static final String TRAIN = "\"net\": \"a\", \"job\": \"train\", \"batch\": 32";

  /** Within the rounds ours takes 1/2, 1/4 and 1/3 of the time of the fastest peer. */
  private static final List<List<Measurement>> ROUNDS =
      List.of(
          List.of(train("eager", 400), train("cnnc-vector", 100), train("compiled", 200)),
          List.of(train("eager", 400), train("cnnc-vector", 100), train("compiled", 1600)),
          List.of(train("eager", 600), train("cnnc-vector", 200), train("compiled", 800)));

  private static Measurement train(String peer, double microseconds) {
    return figure(
        "{\"peer\": \"%s\", %s, \"threads\": 2, \"images_per_second\": %s, \"microseconds\": %s}"
            .formatted(peer, TRAIN, 32e6 / microseconds, microseconds));
  }

  private static Measurement figure(String line) {
    return Measurement.of(JsonParser.parseString(line).getAsJsonObject());
  }

  @Test
  void aRatioIsToTheFastestPeerOfTheSameRound() {
    Comparison comparison = Comparison.of(ROUNDS).get(0);
    assertThat(comparison.work()).isEqualTo(new Work("a", "train", 32, 2));
    Contestant ours = comparison.contestants().get(0);
    assertThat(ours.peer()).isEqualTo("cnnc-vector");
    assertThat(ours.ratio()).contains(new Spread(3, 2, 4));
    assertThat(ours.microseconds()).isEqualTo(new Spread(100, 100, 200));
    assertThat(ours.imagesPerSecond()).isEqualTo(new Spread(320_000, 160_000, 320_000));
  }

  @Test
  void peersHaveFiguresButNoRatio() {
    List<Contestant> contestants = Comparison.of(ROUNDS).get(0).contestants();
    assertThat(contestants)
        .extracting(Contestant::peer)
        .containsExactly("cnnc-vector", "eager", "compiled");
    assertThat(contestants.subList(1, 3)).allSatisfy(peer -> assertThat(peer.ratio()).isEmpty());
    assertThat(contestants.get(2).microseconds()).isEqualTo(new Spread(800, 200, 1600));
  }

  @Test
  void anEvenNumberOfRoundsHasItsMedianBetweenTwo() {
    assertThat(Spread.of(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 8));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRoundWithoutAPeerHasNoRatio() {
    List<List<Measurement>> rounds = new ArrayList<>(ROUNDS);
    rounds.add(List.of(train("cnnc-vector", 1)));
    rounds.add(List.of(train("eager", 1)));
    assertThat(Comparison.of(rounds).get(0).contestants().get(0).ratio())
        .contains(new Spread(3, 2, 4));
    assertThat(Comparison.of(List.of(rounds.get(3))).get(0).contestants().get(0).ratio()).isEmpty();
  }

  @Test
  void worksOfAnotherBatchJobOrNumberOfThreadsAreNotCompared() {
    Measurement first = train("cnnc-vector", 100);
    List<Measurement> round =
        List.of(
            first,
            new Measurement("eager", "a", "predict", 32, 2, 1, 1),
            new Measurement("eager", "a", "train", 1, 2, 1, 1),
            new Measurement("eager", "a", "train", 32, 1, 1, 1),
            new Measurement("eager", "b", "train", 32, 2, 1, 1));
    assertThat(Comparison.of(List.of(round)))
        .hasSize(5)
        .allSatisfy(
            comparison ->
                assertThat(comparison.contestants())
                    .singleElement()
                    .satisfies(one -> assertThat(one.ratio()).isEmpty()));
  }

  @Test
  void theTableShowsMediansAndSpreads() {
    assertThat(ComparisonTable.of(Comparison.of(ROUNDS)))
        .isEqualTo(
            """
            net  job    batch  threads  who                              images/s             us of a batch     to the best peer
            a    train     32        2  cnnc-vector  320,000 (160,000 to 320,000)    100.0 (100.0 to 200.0)  3.00 (2.00 to 4.00)
            a    train     32        2  eager           80,000 (53,333 to 80,000)    400.0 (400.0 to 600.0)
            a    train     32        2  compiled       40,000 (20,000 to 160,000)  800.0 (200.0 to 1,600.0)
            """);
  }

  /** As the command and the script printed them. */
  @Test
  void recordedLinesAreRead() {
    List<Measurement> round =
        Stream.of(
                "{\"peer\": \"cnnc-vector\", \"net\": \"vgg32\", \"job\": \"predict\", \"batch\": 1, \"threads\": 2, \"images_per_second\": 856.9, \"microseconds\": 1167.0, \"seconds_to_first\": 0.411}",
                "{\"peer\": \"pytorch-channels_last\", \"net\": \"vgg32\", \"job\": \"predict\", \"batch\": 1, \"threads\": 2, \"images_per_second\": 753.6, \"microseconds\": 1326.9}",
                "{\"peer\": \"onnxruntime\", \"net\": \"vgg32\", \"job\": \"predict\", \"batch\": 1, \"threads\": 2, \"images_per_second\": 1352.6, \"microseconds\": 739.3, \"seconds_to_first\": 0.034}")
            .map(ComparisonTest::figure)
            .toList();
    assertThat(round.get(2))
        .isEqualTo(new Measurement("onnxruntime", "vgg32", "predict", 1, 2, 1352.6, 739.3));
    double ratio = 739.3 / 1167.0;
    assertThat(Comparison.of(List.of(round)).get(0).contestants().get(0).ratio())
        .contains(new Spread(ratio, ratio, ratio));
  }

  @Test
  void aLineThatIsNoFigureIsAnError() {
    assertThatThrownBy(() -> figure("{\"peer\": \"eager\", " + TRAIN + "}"))
        .isInstanceOf(JsonParseException.class)
        .hasMessageStartingWith("no figure: {");
    assertThatThrownBy(() -> figure("{\"job\": \"train\", \"microseconds\": 3}"))
        .isInstanceOf(JsonParseException.class);
  }
}
