package org.cnnc.cli.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cnnc.cli.console.Console;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.check.DataCheck;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.training.data.Dataset;

/** What looks wrong about data for a network, said before the work begins. */
public final class DataWarnings {
  private DataWarnings() {}

  /** Warns of data to train with. */
  public static void beforeTraining(
      NetworkGraph network, int batch, Dataset images, Console console) {
    NetworkGraph trained = network.withTraining(network.training().withBatch(batch));
    show(
        DataCheck.classes(network, classes(images)),
        DataCheck.batch(trained, images.size()),
        console);
  }

  /** Warns of data to judge by. */
  public static void beforeJudging(NetworkGraph network, Dataset images, Console console) {
    show(DataCheck.classes(network, classes(images)), Optional.empty(), console);
  }

  private static void show(
      Optional<Diagnostic> first, Optional<Diagnostic> second, Console console) {
    List<Diagnostic> warnings = Stream.of(first, second).flatMap(Optional::stream).toList();
    Model.warn(warnings, console);
  }

  private static int classes(Dataset images) {
    return (int) IntStream.range(0, images.size()).map(images::label).distinct().count();
  }
}
