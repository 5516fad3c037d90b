package org.cnnc.cli.model;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cnnc.cli.console.Console;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.check.DataCheck;
import org.cnnc.compiler.graph.check.OptimizerCatalogue;
import org.cnnc.compiler.graph.check.RateRange;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.source.Span;
import org.cnnc.training.data.Dataset;

/** What looks wrong about data and settings for a network, said before the work begins. */
public final class DataWarnings {
  private DataWarnings() {}

  /**
   * What is set beside the text.
   *
   * @param <T> type of the value
   * @param place where it is set, for messages
   */
  public record Setting<T>(T value, Span place) {}

  /**
   * Warns of data to train with, and of a rate that looks wrong.
   *
   * @param network with the batch that is taken
   * @param batch if the text's is not taken
   * @param rate if the text's is not taken: of that one the compiler warns
   */
  public static void beforeTraining(
      NetworkGraph network,
      Optional<Setting<Integer>> batch,
      Optional<Setting<Float>> rate,
      Dataset images,
      Console console) {
    int size = images.size();
    show(
        Stream.of(
            DataCheck.classes(network, classes(images)),
            batch.isPresent()
                ? DataCheck.batch(batch.get().value(), batch.get().place(), size)
                : DataCheck.batch(network, size),
            rate.flatMap(set -> usualRates(network).check(set.value(), set.place()))),
        console);
  }

  private static RateRange usualRates(NetworkGraph network) {
    return OptimizerCatalogue.STANDARD.rates(network.training().optimizer());
  }

  /** Warns of data to judge by. */
  public static void beforeJudging(NetworkGraph network, Dataset images, Console console) {
    show(Stream.of(DataCheck.classes(network, classes(images))), console);
  }

  private static void show(Stream<Optional<Diagnostic>> warnings, Console console) {
    Model.warn(warnings.flatMap(Optional::stream).toList(), console);
  }

  private static int classes(Dataset images) {
    return (int) IntStream.range(0, images.size()).map(images::label).distinct().count();
  }
}
